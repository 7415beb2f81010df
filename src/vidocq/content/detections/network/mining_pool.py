"""A machine asks for or talks to a mining pool."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.mining_pool",
    title="{src_ip} asks for the mining pool {domain}",
    why="A miner must reach its pool. Machines that were not bought for it have no business there.",
    # Whichever of DNS, TLS and HTTP there is.
    of=("dns_activity", "http_activity", "tls_activity"),
    sql="""
        WITH named AS (
            SELECT time, uid, src_ip, query AS domain FROM dns_activity UNION ALL SELECT time, uid, src_ip, server_name FROM tls_activity UNION ALL SELECT time, uid, src_ip, host FROM http_activity
        )
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, domain, COUNT(*) AS contacts
        FROM named WHERE domain IN (SELECT name FROM name WHERE pool) GROUP BY src_ip, domain, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, src_ip, domain
    """,
    entities={"src_ip": "ip:source", "domain": "domain:destination"},
    suggests={"cryptomining": Strength.TELLING, "something_hostile": Strength.TELLING, "blockchain_node": Strength.EXPECTED},
    techniques=("T1496",),
    blind_spots="Pools that are on no list, and those behind a proxy.",
)
