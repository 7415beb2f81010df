"""Carries out the conditions of rules over `sigma_event`, many in one statement, each only where its event may meet it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from vidocq.operations.sigma.candidates import Rows
from vidocq.operations.sigma.condition import quoted
from vidocq.operations.sigma.rules import Rule
from vidocq.store.duckdb import Store

TOGETHER = 100
"""Rules over all events in one statement."""
CHOSEN = 64
"""Rules over chosen events in one statement: a bit of a number says of each whether it tests an event."""
CARRIED = ("uid", "time", "source", "digest", "host", "actor_user", "src_ip", "dst_ip")
MATCH = "rule VARCHAR, " + ", ".join(f"{c} {'TIMESTAMP' if c == 'time' else 'VARCHAR'}" for c in CARRIED) + ", said MAP(VARCHAR, VARCHAR)"
"""The columns of `sigma_match`: what correlations look at, with the fields they read."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A rule, its condition, and the rows it is carried out on; None for all."""

    rule: Rule
    sql: str
    rows: Rows | None


def carry_out(store: Store, tested: Sequence[Tested], kept: Mapping[str, str] | None = None) -> list[tuple[Rule, str]]:
    """Add what the rules find, as findings or, with the fields (and their columns) to keep of each event, to `sigma_match`; those that the store refuses, and why."""
    return [wrong for group in _groups(tested) for wrong in _together(store, group, kept)]


def _groups(tested: Sequence[Tested]) -> Iterator[Sequence[Tested]]:
    everywhere = [t for t in tested if t.rows is None]
    somewhere = [t for t in tested if t.rows is not None and len(t.rows)]
    for these, size in ((everywhere, TOGETHER), (somewhere, CHOSEN)):
        yield from (these[n : n + size] for n in range(0, len(these), size))


def _together(store: Store, tested: Sequence[Tested], kept: Mapping[str, str] | None) -> list[tuple[Rule, str]]:
    """Add what these rules find. Where the store refuses the statement, they are halved until the rule at fault stands alone."""
    try:
        store.execute(_statement(tested, kept), known=known([t.rule for t in tested]), chosen=_chosen(tested))
    except duckdb.Error as e:
        half = len(tested) // 2
        if half:
            return _together(store, tested[:half], kept) + _together(store, tested[half:], kept)
        return [(tested[0].rule, f"the store refuses it ({str(e).splitlines()[0]})")]
    return []


def _chosen(tested: Sequence[Tested]) -> pa.Table:
    """Each row that is tested, with a bit for every rule that tests it."""
    rows = [t.rows for t in tested if t.rows is not None]
    every = np.concatenate([np.zeros(0, np.int64), *rows])
    bits = np.repeat(np.left_shift(np.uint64(1), np.arange(len(rows), dtype=np.uint64)), [len(r) for r in rows])
    order = np.argsort(every, kind="stable")
    every, bits = every[order], bits[order]
    begins = np.flatnonzero(np.diff(every, prepend=-1))
    return pa.table({"row": every[begins], "bits": np.bitwise_or.reduceat(bits, begins) if len(begins) else bits})


def _statement(tested: Sequence[Tested], kept: Mapping[str, str] | None) -> str:
    carried = ", ".join(CARRIED)
    if tested[0].rows is None:
        # CASE leaves a condition at its first part that fails, as a WHERE does, and a hundred of them cost one pass.
        met, of = ", ".join(f"CASE WHEN {t.sql} THEN {n} END" for n, t in enumerate(tested)), "sigma_event"
    else:
        met = ", ".join(f"CASE WHEN (bits & {1 << n}::UBIGINT) = 0 THEN NULL WHEN {t.sql} THEN {n} END" for n, t in enumerate(tested))
        of = "sigma_event e JOIN chosen c ON e.rowid = c.row"
    met = f"unnest(list_filter([{met}], lambda n: n IS NOT NULL)) AS n"
    if kept is not None:
        said = f"MAP([{', '.join(map(quoted, kept))}]::VARCHAR[], [{', '.join(kept.values())}]::VARCHAR[])"
        return f"INSERT INTO sigma_match SELECT k.rule, {carried}, said FROM (SELECT {carried}, {said} AS said, {met} FROM {of}) f JOIN known k USING (n)"
    # The rule is part of the digest: two findings about one event are two alerts, each with an id that lasts.
    return f"""INSERT INTO detection_finding (time, uid, source, digest, rule, title, message, severity, product, category, host, actor_user, src_ip, dst_ip, techniques, tactics)
        SELECT f.time, f.uid, 'sigma', substr(sha256(concat_ws(chr(31), f.source, f.digest, k.rule)), 1, 16), k.rule, k.title, k.message, k.severity, 'Sigma', 'threat',
            f.host, f.actor_user, f.src_ip, f.dst_ip, k.techniques, k.tactics
        FROM (SELECT {carried}, {met} FROM {of}) f JOIN known k USING (n)"""


def known(rules: Sequence[Rule]) -> pa.Table:
    """What a finding says of its rule, under the numbers of the rules."""
    return pa.table({
        "n": pa.array(range(len(rules)), pa.int32()), "rule": [r.id for r in rules], "title": [_clean(r.title) for r in rules], "message": [_clean(r.description) for r in rules],
        "severity": pa.array([r.severity for r in rules], pa.int32()),
        **{k: pa.array([", ".join(getattr(r, k)) or None for r in rules], pa.string()) for k in ("techniques", "tactics")},
    })


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").split())
