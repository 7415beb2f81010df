"""Which domains that write to us are made to be taken for ours, or for one we write with."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from vidocq.behaviour.lookalike import Known
from vidocq.behaviour.mail import OURS
from vidocq.operations.enrich.names import registered
from vidocq.store.duckdb import Store

EARLIER = dt.timedelta(hours=12)
"""What is imitated was there before; of two that come together neither is known."""
_SEEN = """
    SELECT domain, MIN(time) AS born, COUNT(DISTINCT CAST(time AS DATE)) AS days, BOOL_OR(written_to) AS written_to FROM (
        SELECT sender_domain AS domain, time, FALSE AS written_to FROM email_activity UNION ALL SELECT reply_domain, time, FALSE FROM email_activity
        UNION ALL SELECT split_part(lower(recipient), '@', 2), time, direction = 'outbound' FROM email_activity WHERE recipient LIKE '%@%')
    WHERE domain IS NOT NULL AND domain <> '' GROUP BY domain"""


def mark_lookalikes(store: Store) -> None:
    """`name.lookalike` is the known domain that one of mail may be taken for, and `lookalike_how` by what; of several the one that is ours, then the one that wrote on most days."""
    if not store.count("email_activity"):
        return
    own = {d for r in store.rows(f"SELECT domain FROM {OURS}") if (d := registered(r["domain"]))}
    born: dict[str, dt.datetime] = {}
    days: dict[str, int] = {}
    below: dict[str, list[str]] = {}
    for r in store.rows(f"{_SEEN} ORDER BY domain"):
        if of := registered(r["domain"]):
            below.setdefault(of, []).append(r["domain"])
            born[of] = min(r["born"], born.get(of, r["born"]))
            days[of] = max(r["days"] + (1 if r["written_to"] else 0), days.get(of, 0))
    known = Known.of([*own, *(d for d, n in days.items() if n >= 2)])
    marks = []
    for domain in sorted(set(below) - own):
        found = [(k, how) for k, how in known.imitated_by(domain) if k in own or born[k] < born[domain] - EARLIER]
        if found:
            best = min(found, key=lambda f: (f[0] not in own, -days.get(f[0], 0), f))
            marks += [(name, *best) for name in below[domain]]
    if marks:
        rows = pa.table({n: pa.array([m[i] for m in marks], pa.string()) for i, n in enumerate(("name", "lookalike", "lookalike_how"))})
        store.execute("UPDATE name AS n SET lookalike = m.lookalike, lookalike_how = m.lookalike_how FROM marks AS m WHERE n.name = m.name", marks=rows)
