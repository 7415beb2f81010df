"""Many long names that are asked for once, all under one domain."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.dns_tunnel",
    title="{src_ip} asks for {names} different names under {domain}, {letters} letters long",
    why="Data that travels in names makes each name different and long. Ordinary domains have few names, and these are asked for again.",
    of=("dns_activity",),
    sql="""
        WITH asked AS (
            SELECT time, uid, src_ip, query, qtype, COALESCE(domain, regexp_extract(query, '([^.]+[.][^.]+)$', 1)) AS d FROM dns_activity
            WHERE query IS NOT NULL AND query NOT LIKE '%.arpa' AND query NOT LIKE '%.local'
        )
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, d AS domain, COUNT(DISTINCT query) AS names, CAST(ROUND(AVG(LENGTH(query) - LENGTH(d) - 1)) AS INTEGER) AS letters,
            COUNT(CASE WHEN qtype IN ('TXT', 'NULL', 'CNAME', 'MX', 'KEY', 'SRV', 'PRIVATE') THEN 1 END) AS carriers, COUNT(*) AS queries
        FROM asked WHERE d IS NOT NULL AND d <> '' AND LENGTH(query) > LENGTH(d) + 1
        GROUP BY src_ip, d, time_bucket(INTERVAL 1 HOUR, time) HAVING COUNT(DISTINCT query) >= 40 AND AVG(LENGTH(query) - LENGTH(d) - 1) >= 20 AND COUNT(DISTINCT query) >= 0.6 * COUNT(*)
        ORDER BY time, src_ip, d
    """,
    entities={"src_ip": "ip:source", "domain": "domain:registered"},
    suggests={"c2_dns": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.EXPECTED},
    techniques=("T1071.004",),
    warm_up="Forty names within an hour.",
    blind_spots="A slow tunnel; one that spreads over many domains.",
)
