"""Which entities are common to many: hops and incidents do not go through them as through others."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from vidocq.engine.correlate import Common
from vidocq.engine.ledger import Case
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

SPREAD = 12
"""What so many different others have talked to or used joins strangers: a NAT, a proxy, a CDN, a resolver, a role, a public server."""

# Whoever talks to an address of unknown standing counts as one of ours: where nothing is known, caution joins less.
_TALKED = f"""WITH talked AS (SELECT src_ip, dst_ip FROM network_activity WHERE established UNION SELECT src_ip, dst_ip FROM http_activity UNION SELECT src_ip, dst_ip FROM tls_activity),
    placed AS (SELECT t.dst_ip, COALESCE(s.internal, TRUE) OR NOT COALESCE(d.internal, FALSE) AS near FROM talked t LEFT JOIN address s ON s.ip = t.src_ip LEFT JOIN address d ON d.ip = t.dst_ip
        WHERE t.dst_ip IS NOT NULL AND t.src_ip IS NOT NULL)
    SELECT 'ip' AS kind, dst_ip AS name, CASE WHEN COUNT(*) FILTER (near) >= {SPREAD} THEN '{Common.CROWD}' ELSE '{Common.PUBLIC}' END AS common FROM placed GROUP BY dst_ip
    HAVING COUNT(*) FILTER (near) >= {SPREAD} OR COUNT(*) FILTER (NOT near) >= {SPREAD}"""
# A resolver is asked for much that has nothing to do with one another; the far end of a tunnel for one domain.
_ASKED = f"""SELECT 'ip' AS kind, dst_ip AS name, '{Common.CROWD}' AS common FROM dns_activity WHERE dst_ip IS NOT NULL GROUP BY dst_ip HAVING COUNT(DISTINCT COALESCE(domain, query)) >= {SPREAD}
    UNION ALL SELECT 'domain', d, '{Common.CROWD}' FROM (SELECT src_ip, COALESCE(domain, query) AS d FROM dns_activity UNION SELECT src_ip, host FROM http_activity UNION SELECT src_ip, server_name FROM tls_activity)
        WHERE d IS NOT NULL GROUP BY d HAVING COUNT(DISTINCT src_ip) >= {SPREAD}
    UNION ALL SELECT 'resource', issuer, '{Common.CROWD}' FROM api_activity WHERE issuer IS NOT NULL GROUP BY issuer HAVING COUNT(DISTINCT src_ip) >= {SPREAD}"""
_OWN = f"SELECT 'ip' AS kind, ip AS name, '{Common.OWN}' AS common FROM address WHERE internal AND ip IN (SELECT name FROM named)"
_TALK, _ASK = ("network_activity", "http_activity", "tls_activity", "address"), ("dns_activity", "http_activity", "tls_activity", "api_activity")


def commons(store: Store, cases: Iterable[Case]) -> dict[tuple[str, str], Common]:
    """Entities that join less than others, each with why; the machines of ours only as far as a case names them."""
    named = pa.table({"name": pa.array(sorted({e.name for c in cases for e in c.entities if e.kind == "ip"}), pa.string())})
    rows = [*store.rows(_OWN, named=named), *kept(store, _TALKED, _TALK).to_pylist(), *kept(store, _ASKED, _ASK).to_pylist()]
    why: dict[tuple[str, str], set[Common]] = {}
    for r in rows:
        why.setdefault((r["kind"], r["name"]), set()).add(Common(r["common"]))
    return {name: _strongest(reasons) for name, reasons in sorted(why.items())}


def _strongest(reasons: set[Common]) -> Common:
    if reasons >= {Common.OWN, Common.CROWD}:
        return Common.RELAY
    return next(c for c in (Common.CROWD, Common.PUBLIC, Common.OWN) if c in reasons)
