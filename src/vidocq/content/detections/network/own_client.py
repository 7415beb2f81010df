"""A program of one machine speaks for hours with a name that everybody else here visits with other programs."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.own_client",
    title="{src_ip} calls {server_name} {calls} times in {hours} hours with a TLS client that no other machine here uses; {visitors} others visit that name with other clients",
    why=(
        "A content network answers for everybody behind one name: who hides behind it hides in the crowd. But the handshake shows with which program one came. A page is fetched by browsers, which many have;"
        " a program that one machine alone has, and that knows no other name, does not fetch pages."
    ),
    of=("tls_activity",),
    sql="""
        WITH seen AS (
            SELECT time, uid, src_ip, server_name, ja3, CAST(time AS DATE) AS day FROM tls_activity WHERE server_name IS NOT NULL AND ja3 IS NOT NULL AND src_ip IS NOT NULL
        ), clients AS (
            SELECT ja3, COUNT(DISTINCT src_ip) AS machines, COUNT(DISTINCT server_name) AS names FROM seen GROUP BY ja3
        ), visited AS (
            SELECT s.server_name, COUNT(DISTINCT s.src_ip) AS visitors FROM seen s JOIN clients c USING (ja3) WHERE c.machines >= 3 AND c.names >= 5 GROUP BY s.server_name
        )
        SELECT MAX(s.time) AS time, list(s.uid ORDER BY s.time, s.uid)[1:200] AS events, COUNT(*) AS all_events, MIN(s.time) AS first_event, s.src_ip, s.server_name, s.ja3, COUNT(*) AS calls,
            COUNT(DISTINCT date_trunc('hour', s.time)) AS hours, ANY_VALUE(v.visitors) AS visitors
        FROM seen s JOIN clients c USING (ja3) JOIN visited v USING (server_name) WHERE c.machines = 1 AND c.names <= 2
        GROUP BY s.src_ip, s.server_name, s.ja3, s.day HAVING COUNT(*) >= 60 AND COUNT(DISTINCT date_trunc('hour', s.time)) >= 3 AND ANY_VALUE(v.visitors) >= 5 ORDER BY time, s.src_ip, s.server_name
    """,
    entities={"src_ip": "ip:source", "server_name": "domain:destination", "ja3": "hash:client"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.NEUTRAL},
    techniques=("T1090.004", "T1071.001"),
    severity=3,
    warm_up="Sixty calls over three hours, and five machines that visit the name with clients that several have.",
    blind_spots="A program that uses the system's own library, and so has the handshake of all others; browsers that shuffle their handshake; sensors that keep no fingerprint of it.",
)
