"""A machine asks several endpoints of a blockchain at once."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.blockchain_endpoints",
    title="{src_ip} asks {endpoints} endpoints of blockchains within ten minutes",
    why="A program that reads its orders from a blockchain carries a list of endpoints and asks them all, so that none can be taken from it. A wallet has one.",
    # Whichever of DNS, TLS and HTTP there is.
    of=("dns_activity", "http_activity", "tls_activity"),
    sql="""
        WITH named AS (
            SELECT time, uid, src_ip, query AS domain FROM dns_activity UNION ALL SELECT time, uid, src_ip, server_name FROM tls_activity UNION ALL SELECT time, uid, src_ip, host FROM http_activity
        )
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, COUNT(DISTINCT domain) AS endpoints, COUNT(*) AS contacts, list_sort(list_distinct(list(domain)))[1:8] AS domain
        FROM named WHERE domain IN (SELECT name FROM name WHERE rpc) GROUP BY src_ip, time_bucket(INTERVAL 10 MINUTE, time)
        HAVING COUNT(DISTINCT domain) >= 2 OR COUNT(*) >= 20 ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source", "domain": "domain:endpoint"},
    suggests={"c2_blockchain": Strength.TELLING, "something_hostile": Strength.TELLING, "blockchain_node": Strength.EXPECTED},
    techniques=("T1102.001", "T1568"),
    blind_spots="Endpoints that are on no list.",
)
