"""A person signs in from a network and with a device never seen for them."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.new_network",
    title="{actor_user} signs in from the network of {organisation} with another device, neither seen before",
    why="A new network alone is a café, a new device alone a new laptop. Both at once, after weeks of the same, is a thief's sign-in or a journey with a borrowed machine.",
    of=("authentication",),
    sql="""
        WITH signs AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, a.organisation,
                CASE WHEN s.client LIKE '%(%' THEN split_part(split_part(s.client, '(', 2), ';', 1) ELSE split_part(s.client, '/', 1) END AS device, COALESCE(CAST(a.asn AS VARCHAR), a.organisation) AS network
            FROM authentication s JOIN address a ON a.ip = s.src_ip
            WHERE s.status = 'success' AND s.actor_user IS NOT NULL AND s.client IS NOT NULL AND s.dst_ip IS NULL AND s.host IS NULL AND NOT COALESCE(a.internal, FALSE) AND COALESCE(s.logon_type, 'person') NOT IN ('application', 'program')
        ), numbered AS (
            SELECT *, MIN(time) OVER (PARTITION BY actor_user) AS born, COUNT(*) OVER (PARTITION BY actor_user ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS nth,
                ROW_NUMBER() OVER (PARTITION BY actor_user, network ORDER BY time, uid) AS nth_network, ROW_NUMBER() OVER (PARTITION BY actor_user, device ORDER BY time, uid) AS nth_device
            FROM signs WHERE network IS NOT NULL
        )
        SELECT time, [uid] AS events, actor_user, src_ip, service, organisation, device FROM numbered WHERE nth_network = 1 AND nth_device = 1 AND nth > 10 AND time - born >= INTERVAL 72 HOUR ORDER BY time, uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=2,
    warm_up="Three days of the person's sign-ins, and ten of them.",
    blind_spots="User agents are what the caller says; a thief in the person's own network.",
)
