"""A storm of lookups that leads to hardly any connection."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.lookups_without_visits",
    title="{src_ip} makes {lookups} lookups within two minutes, and then visits {visited} addresses",
    why="Most names that malware makes up do not exist, and the rest stand on the same few machines of those who registered them first. A browser visits most of what it asks for.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, flows AS (
            SELECT time, uid, src_ip, dst_ip, (dst_port = 53 AND protocol = 'udp') AS lookup, time_bucket(INTERVAL 2 MINUTE, time) AS b, COALESCE(established, FALSE) AND dst_port IN (80, 443, 8080) AND {outside('dst_ip')} AS visit
            FROM network_activity WHERE {ours('src_ip')} AND protocol IN ('tcp', 'udp')
        )
        SELECT MAX(time) AS time, list(uid ORDER BY visit DESC, time, uid)[1:200] AS events, src_ip, COUNT(CASE WHEN lookup THEN 1 END) AS lookups, COUNT(DISTINCT CASE WHEN visit THEN dst_ip END) AS visited,
            COUNT(CASE WHEN visit THEN 1 END) AS visits
        FROM flows WHERE lookup OR visit GROUP BY src_ip, b
        HAVING COUNT(CASE WHEN lookup THEN 1 END) >= 80 AND COUNT(CASE WHEN visit THEN 1 END) >= 10 AND COUNT(DISTINCT CASE WHEN visit THEN dst_ip END) <= COUNT(CASE WHEN lookup THEN 1 END) / 5
        ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source"},
    suggests={"generated_domains": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_browsing": Strength.EXPECTED},
    techniques=("T1568.002", "T1071"),
    warm_up="Eighty lookups within two minutes.",
    blind_spots="A mail server or a resolver asks without visiting; the question about its part in the network tells.",
)
