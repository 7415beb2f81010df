"""Names that nobody chose are visited one after the other, and stand on the same few machines."""

from typing import Any

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

NAMED = 8
"""Names that are given to the case: enough to meet other sensors' cases about the same series."""


def keep_the_odd(rows: Any) -> Any:
    """Those series whose names are of one make: like lengths, odd letters."""
    import pyarrow as pa

    from vidocq.behaviour.letters import make, oddest

    found = []
    for row in rows.to_pylist():
        names = row.pop("names")
        strange, alike = make(names)
        if strange >= 0.35 and alike >= 0.7:
            found.append({**row, "domain": oddest(names, NAMED), "strange": round(strange, 3), "alike": round(alike, 3)})
    kinds = {"time": pa.timestamp("us"), "events": pa.list_(pa.string()), "all_events": pa.int64(), "first_event": pa.timestamp("us"), "src_ip": pa.string(), "domain": pa.list_(pa.string()), "example": pa.string(), "domains": pa.int64(), "addresses": pa.int64(), "strange": pa.float64(), "alike": pa.float64()}
    return pa.Table.from_pylist(found, pa.schema(list(kinds.items())))


DETECTION = Detection(
    id="network.generated_visits",
    title="{src_ip} visits {domains} names like {example} within ten minutes, on {addresses} addresses",
    why="Those of the names that malware makes up which do exist were registered by the few who collect them, and stand on their few machines.",
    # Whichever of HTTP and TLS there is.
    of=("http_activity", "tls_activity"),
    sql=f"""
        WITH {HOME}, named AS (
            SELECT time, uid, src_ip, dst_ip, regexp_extract(lower(host), '([^.]+[.][^.]+)$', 1) AS d FROM http_activity WHERE NOT COALESCE(host_is_ip, FALSE) AND {ours('src_ip')} AND {outside('dst_ip')}
            UNION ALL SELECT time, uid, src_ip, dst_ip, regexp_extract(lower(server_name), '([^.]+[.][^.]+)$', 1) FROM tls_activity WHERE {ours('src_ip')} AND {outside('dst_ip')}
        )
        SELECT MAX(time) AS time, list(DISTINCT uid ORDER BY uid)[1:200] AS events, COUNT(DISTINCT uid) AS all_events, MIN(time) AS first_event, src_ip, MIN(d) AS example, COUNT(DISTINCT d) AS domains, COUNT(DISTINCT dst_ip) AS addresses, list(DISTINCT d ORDER BY d) AS names
        FROM named WHERE d <> '' GROUP BY src_ip, time_bucket(INTERVAL 10 MINUTE, time) HAVING COUNT(DISTINCT d) >= 15 AND COUNT(DISTINCT d) >= 3 * COUNT(DISTINCT dst_ip) ORDER BY time, src_ip
    """,
    judge=keep_the_odd,
    entities={"src_ip": "ip:source", "domain": "domain:destination"},
    suggests={"generated_domains": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_browsing": Strength.EXPECTED},
    techniques=("T1568.002", "T1071.001"),
    warm_up="Fifteen such names within ten minutes.",
    blind_spots="Names made of words; a proxy outside, which stands for every name.",
)
