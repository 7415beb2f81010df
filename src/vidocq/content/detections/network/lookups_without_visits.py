"""A storm of lookups that leads to hardly any connection."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.lookups_without_visits",
    title="{src_ip} makes {lookups} lookups within two minutes, and then visits {visited} addresses, one of them {most_at_one} times",
    why="Most names that malware makes up do not exist, and the rest stand on the same few machines of those who registered them first. A browser visits most of what it asks for.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, flows AS (
            SELECT time, uid, src_ip, dst_ip, (dst_port = 53 AND protocol = 'udp') AS lookup, time_bucket(INTERVAL 2 MINUTE, time) AS b, COALESCE(established, FALSE) AND dst_port IN (80, 443, 8080) AND {outside('dst_ip')} AS visit
            FROM network_activity WHERE {ours('src_ip')} AND protocol IN ('tcp', 'udp')
        ), places AS (
            SELECT src_ip, b, CASE WHEN visit THEN dst_ip END AS place, COUNT(CASE WHEN lookup THEN 1 END) AS lookups, COUNT(CASE WHEN visit THEN 1 END) AS visits, MAX(time) AS time,
                list(uid ORDER BY time, uid)[1:100] AS uids FROM flows WHERE lookup OR visit GROUP BY src_ip, b, place
        )
        SELECT MAX(time) AS time, flatten(list(uids ORDER BY visits DESC, place))[1:200] AS events, src_ip, CAST(SUM(lookups) AS BIGINT) AS lookups, COUNT(place) AS visited, CAST(SUM(visits) AS BIGINT) AS visits, MAX(visits) AS most_at_one
        FROM places GROUP BY src_ip, b HAVING SUM(lookups) >= 80 AND SUM(visits) >= 10 AND COUNT(place) <= SUM(lookups) / 5 AND MAX(visits) >= 0.5 * SUM(visits)
        ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source"},
    suggests={"generated_domains": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_browsing": Strength.EXPECTED},
    techniques=("T1568.002", "T1071"),
    warm_up="Eighty lookups within two minutes.",
    blind_spots="A mail server or a resolver asks without visiting; the question about its part in the network tells.",
)
