"""Many names that nobody chose are asked for within minutes."""

from typing import Any

from vidocq.model.belief import Detection, Strength

NAMED = 8
"""Names that are given to the case: enough to meet other sensors' cases about the same series."""


def keep_the_odd(rows: Any) -> Any:
    """Those bursts in which many names do not exist, and the names are of one make: like lengths, odd letters."""
    import pyarrow as pa

    from vidocq.behaviour.letters import make, oddest

    found = []
    for row in rows.to_pylist():
        names = row.pop("names")
        strange, alike = make(names)
        missing = row["missing"] / row["domains"]
        if not (strange >= 0.35 and (alike >= 0.6 or missing >= 0.3)):
            continue
        found.append({**row, "domain": oddest(names, NAMED), "strange": round(strange, 3), "alike": round(alike, 3)})
    kinds = {"time": pa.timestamp("us"), "events": pa.list_(pa.string()), "all_events": pa.int64(), "first_event": pa.timestamp("us"), "src_ip": pa.list_(pa.string()), "domain": pa.list_(pa.string()), "example": pa.string(), "domains": pa.int64(), "missing": pa.int64(), "strange": pa.float64(), "alike": pa.float64()}
    return pa.Table.from_pylist(found, pa.schema(list(kinds.items())))


DETECTION = Detection(
    id="network.generated_names",
    title="{domains} names like {example} are asked for within ten minutes, {missing} of which do not exist",
    why="Malware that computes the name of its server tries name after name until one answers. People and programs ask for names that somebody chose, and these exist.",
    of=("dns_activity",),
    sql="""
        WITH asked AS (
            SELECT time, uid, src_ip, query, rcode, answers, COALESCE(domain, CASE WHEN query LIKE '%.%' AND query NOT LIKE '%.arpa' AND query NOT LIKE '%.local' AND query NOT LIKE '%.lan' THEN query END) AS d
            FROM dns_activity WHERE query IS NOT NULL AND query NOT LIKE '%._tcp.%' AND query NOT LIKE '%._udp.%'
        ), firsts AS (
            SELECT src_ip, d, time_bucket(INTERVAL 10 MINUTE, time) AS b, MIN(time) AS time, list(uid ORDER BY time, uid) AS uids, BOOL_OR(rcode IN ('NXDOMAIN', '3')) AS missing, COUNT(*) AS n
            FROM asked WHERE d IS NOT NULL GROUP BY src_ip, d, b
        )
        SELECT MAX(time) AS time, flatten(list(uids ORDER BY time, d))[1:200] AS events, CAST(SUM(len(uids)) AS BIGINT) AS all_events, MIN(time) AS first_event, COUNT(*) AS all_events, MIN(time) AS first_event, [src_ip] AS src_ip, MIN(d) AS example, COUNT(*) AS domains, COUNT(CASE WHEN missing THEN 1 END) AS missing, list(d ORDER BY d) AS names
        FROM firsts GROUP BY firsts.src_ip, b HAVING COUNT(*) >= 20 ORDER BY time, example
    """,
    judge=keep_the_odd,
    entities={"src_ip": "ip:source", "domain": "domain:destination"},
    suggests={"generated_domains": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_browsing": Strength.EXPECTED},
    techniques=("T1568.002",),
    warm_up="Twenty names within ten minutes.",
    blind_spots="Names made of dictionary words; a slow walk.",
)
