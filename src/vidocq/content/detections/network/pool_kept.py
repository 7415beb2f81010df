"""A machine asks for a mining pool and keeps a conversation with the address it is given."""

from vidocq.model.belief import Detection, Strength

LASTS = 600
"""Seconds: who reads a pool's pages is done before; who works for it stays."""
PAGES = "80, 443, 8080, 8443"
"""At these ports one address often serves many names: whose conversation it is, cannot be said."""

DETECTION = Detection(
    id="network.pool_kept",
    title="{src_ip} asks for the mining pool {domain} and stays {minutes} minutes with {dst_ip}:{dst_port}",
    why="Somebody who is curious looks a pool's name up. A conversation that begins right after, at a port of no pages, and lasts, is work that is handed out and in.",
    of=("dns_activity", "network_activity"),
    sql=f"""
        WITH given AS (SELECT time, uid, src_ip, query AS domain, answer_ip FROM dns_activity WHERE answer_ip IS NOT NULL AND query IN (SELECT name FROM name WHERE pool)),
        kept AS (
            SELECT c.time, list(g.uid ORDER BY g.time, g.uid) AS asked, c.uid, c.src_ip, c.dst_ip, c.dst_port, g.domain, c.duration FROM network_activity AS c JOIN given AS g ON g.src_ip = c.src_ip AND g.answer_ip = c.dst_ip AND c.time BETWEEN g.time AND g.time + INTERVAL 5 MINUTE
            WHERE c.protocol = 'tcp' AND c.duration >= {LASTS} AND c.dst_port NOT IN ({PAGES}) GROUP BY ALL
        )
        SELECT MIN(time) AS time, list_concat(list(uid ORDER BY time, uid)[1:50], flatten(list(asked ORDER BY time, uid)))[1:200] AS events, src_ip, dst_ip, dst_port, domain, CAST(SUM(duration) / 60 AS INTEGER) AS minutes
        FROM kept GROUP BY src_ip, dst_ip, dst_port, domain, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, src_ip, domain
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"cryptomining": Strength.DAMNING, "something_hostile": Strength.DAMNING, "blockchain_node": Strength.EXPECTED},
    techniques=("T1496",),
    severity=4,
    blind_spots="Pools that are on no list, that are asked for through a tunnel, or that answer at the port of pages.",
)
