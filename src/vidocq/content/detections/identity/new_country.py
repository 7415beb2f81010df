"""A person signs in from a country never seen for them."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.new_country",
    title="{actor_user} signs in from {country}, where they were never seen",
    why="People sign in from one or two countries for weeks; a thief from where the thief is. So does a traveller: the device, the factor and what follows tell them apart. An exit of a VPN says nothing of a country.",
    of=("authentication",),
    sql="""
        WITH signs AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, a.country,
                MIN(s.time) OVER (PARTITION BY s.actor_user) AS born, COUNT(*) OVER (PARTITION BY s.actor_user ORDER BY s.time, s.uid ROWS UNBOUNDED PRECEDING) AS nth,
                ROW_NUMBER() OVER (PARTITION BY s.actor_user, a.country ORDER BY s.time, s.uid) AS nth_there
            FROM authentication s JOIN address a ON a.ip = s.src_ip
            WHERE s.status = 'success' AND s.actor_user IS NOT NULL AND s.dst_ip IS NULL AND s.host IS NULL AND a.country IS NOT NULL AND COALESCE(a.vpn, 'none') = 'none' AND NOT COALESCE(a.internal, FALSE)
                AND COALESCE(s.logon_type, 'person') NOT IN ('application', 'program')
        )
        SELECT time, [uid] AS events, actor_user, src_ip, service, country, nth - 1 AS before FROM signs WHERE nth_there = 1 AND nth > 10 AND time - born >= INTERVAL 72 HOUR ORDER BY time, uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=2,
    warm_up="Three days of the person's sign-ins, and ten of them.",
    blind_spots="A thief in the person's own country; tables of countries err for telephones.",
)
