"""Which entities everybody shares: no hop and no incident goes through them."""

from __future__ import annotations

from vidocq.store.duckdb import Store

SPREAD = 12
"""An address that so many different others have talked to joins strangers: a NAT, a proxy, a CDN, a resolver."""


def shared_entities(store: Store) -> frozenset[tuple[str, str]]:
    """Entities that join strangers: addresses many others talk to from outside our own scans, domains everybody asks for, roles many use."""
    rows = store.rows(
        f"""SELECT 'ip' AS kind, dst_ip AS name FROM (SELECT src_ip, dst_ip FROM network_activity WHERE established UNION SELECT src_ip, dst_ip FROM http_activity UNION SELECT src_ip, dst_ip FROM tls_activity)
            WHERE dst_ip IS NOT NULL GROUP BY dst_ip HAVING COUNT(DISTINCT src_ip) >= {SPREAD}
        UNION SELECT 'ip', dst_ip FROM dns_activity WHERE dst_ip IS NOT NULL GROUP BY dst_ip HAVING COUNT(*) >= {SPREAD}
        UNION SELECT 'domain', d FROM (SELECT src_ip, COALESCE(domain, query) AS d FROM dns_activity UNION SELECT src_ip, host FROM http_activity UNION SELECT src_ip, server_name FROM tls_activity)
            WHERE d IS NOT NULL GROUP BY d HAVING COUNT(DISTINCT src_ip) >= {SPREAD}
        UNION SELECT 'resource', issuer FROM api_activity WHERE issuer IS NOT NULL GROUP BY issuer HAVING COUNT(DISTINCT src_ip) >= {SPREAD}
        ORDER BY ALL"""
    )
    return frozenset((r["kind"], r["name"]) for r in rows)
