"""Looks around every incident in the store: where it came in, what it reached and tried, and which logs would have told.

The story is told from these traces alone (`engine.story`): the ledger keeps them, and a replay needs no events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pyarrow as pa

from vidocq.engine.correlate import Common, Group, Standing
from vidocq.engine.ledger import Case
from vidocq.engine.trace import Trace
from vidocq.model.entity import Kind
from vidocq.operations import passages, ways_in
from vidocq.operations.ledger import Ledger
from vidocq.store.duckdb import Store

MACHINES = 40
"""Machines of an incident that are looked at, at most."""

_US = pa.timestamp("us")
_TABLES: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "scene": (("incident", pa.string()), ("first", _US), ("last", _US)),
    # Every name that logs give a machine of the incident.
    "scene_host": (("incident", pa.string()), ("machine", pa.string()), ("name", pa.string())),
    # Its addresses by the day; no day: it has no other name.
    "scene_address": (("incident", pa.string()), ("machine", pa.string()), ("ip", pa.string()), ("day", pa.date32())),
    # What a cloud calls it: instances, and the users that they act as.
    "scene_instance": (("incident", pa.string()), ("machine", pa.string()), ("name", pa.string())),
    "scene_stranger": (("incident", pa.string()), ("ip", pa.string())),
    "scene_odd": (("incident", pa.string()), ("uid", pa.string())),
}


def surroundings(store: Store, ledger: Ledger, standing: Sequence[Standing], groups: Sequence[Group]) -> tuple[Trace, ...]:
    """The traces around every incident, in one order."""
    if not groups:
        return ()
    rows: dict[str, set[tuple[Any, ...]]] = {name: set() for name in _TABLES}
    for g in groups:
        _add(rows, ledger, standing, g)
    for name, fields in _TABLES.items():
        columns = list(zip(*sorted(rows[name], key=repr), strict=True)) or [()] * len(fields)
        table = pa.table({field: pa.array(values, kind) for (field, kind), values in zip(fields, columns, strict=True)})
        store.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM given', given=table)
    found = [*ways_in.look(store), *passages.look(store)]
    return tuple(sorted(set(_by_name(ledger, found))))


def _add(rows: dict[str, set[tuple[Any, ...]]], ledger: Ledger, standing: Sequence[Standing], g: Group) -> None:
    members = [*g.raised, *g.joined]
    cases = [ledger.found.cases[i] for i in members]
    key = ledger.found.cases[g.raised[0]].id
    rows["scene"].add((key, min(standing[i].first for i in members), max(standing[i].last for i in members)))
    rows["scene_odd"] |= {(key, uid) for c in cases for uid in c.events}
    machines = _machines(ledger, cases)
    for s in ledger.machines.sightings:
        if s.host not in machines:
            continue
        if s.kind == Kind.HOST:
            rows["scene_host"].add((key, s.host, s.name))
        elif s.kind == Kind.IP:
            if ledger.machines.host(s.kind, s.name, datetime(s.day.year, s.day.month, s.day.day)) == s.host:
                rows["scene_address"].add((key, s.host, s.name, s.day))
        else:
            rows["scene_instance"].add((key, s.host, s.name))
    for machine in machines:
        rows["scene_host"].add((key, machine, machine))
        if (Kind.IP, machine) in ledger.commons:
            rows["scene_address"].add((key, machine, machine, None))
    rows["scene_stranger"] |= {
        (key, e.name) for c in cases for e in c.entities if e.kind == Kind.IP and e.name not in machines
        and ledger.commons.get((e.kind, e.name)) is None and ledger.machines.host(e.kind, e.name, c.opened_at) is None
    }


def _machines(ledger: Ledger, cases: Iterable[Case]) -> set[str]:
    """The machines of ours that the cases name, by their own names where they have one."""
    found: dict[str, None] = {}
    for c in cases:
        for e in c.entities:
            host = ledger.machines.host(e.kind, e.name, c.opened_at)
            if host or e.kind == Kind.HOST or (e.kind == Kind.IP and ledger.commons.get((e.kind, e.name)) in (Common.OWN, Common.PUBLIC, Common.RELAY)):
                found[host or e.name] = None
    return set(list(found)[:MACHINES])


def _by_name(ledger: Ledger, found: Iterable[Trace]) -> Iterator[Trace]:
    """The same, with the machine's name in place of an address that it had then."""
    def name(what: str, at: datetime) -> str:
        return ledger.machines.host(Kind.IP, what, at) or ledger.machines.host(Kind.HOST, what, at) or what

    for t in found:
        # What a wave came from is a program.
        yield t if t.kind in ("wave", "heard") else replace(t, host=name(t.host, t.time), source=name(t.source, t.time))
