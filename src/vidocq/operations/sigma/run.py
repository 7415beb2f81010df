"""Runs Sigma rules over the events of a store: each match becomes an alert of another tool, named `Sigma`."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from vidocq.model.event import columns
from vidocq.operations.sigma.candidates import candidates
from vidocq.operations.sigma.condition import Needs, quoted
from vidocq.operations.sigma.convert import Ready, converted
from vidocq.operations.sigma.correlations import correlate, referred
from vidocq.operations.sigma.fields import Part
from vidocq.operations.sigma.match import CARRIED, MATCH, Tested, carry_out
from vidocq.operations.sigma.rules import read_rules, told
from vidocq.store.duckdb import Store

PORTION = 250_000
"""Rows of a table that are put out and tested together."""


def run_rules(store: Store, folders: Sequence[Path]) -> tuple[int, list[str]]:
    """Add a finding for each rule and event that meet; how many, and a line for each rule that is not used."""
    rules, problems = read_rules(folders)
    ready, refused = converted(rules)
    correlations, unrelated = referred(rules, ready)
    before = store.count("detection_finding")
    store.execute(f"CREATE OR REPLACE TEMP TABLE sigma_match ({MATCH})")
    try:
        for of in ready:
            refused += run_log(store, of)
        refused += correlate(store, correlations)
    finally:
        store.execute("DROP TABLE IF EXISTS sigma_match")
        store.execute("DROP TABLE IF EXISTS sigma_correlated")
    return store.count("detection_finding") - before, problems + refused + unrelated


def run_log(store: Store, ready: Ready) -> list[str]:
    """Add what the rules of a log find; a line for each rule that the store would not carry out."""
    parts = [p for p in ready.log.parts if store.rows(f'SELECT 1 FROM "{p.table}" WHERE {p.where} LIMIT 1')]
    rules, refused = ready.rules, []
    for first, last in _portions(store, parts):
        store.execute(f"CREATE OR REPLACE TEMP TABLE sigma_event AS {' UNION ALL '.join(_rows(p, ready.needs, first, last) for p in parts)}")
        try:
            _place_addresses(store, ready.needs)
            rows = candidates(store, [c.clue for c in rules])
            tested = [Tested(c.rule, c.sql, r) for c, r in zip(rules, rows, strict=True)]
            wrong = carry_out(store, [t for t in tested if t.rule.id not in ready.silent])
            wrong += carry_out(store, [t for t in tested if t.rule.id in ready.referred], ready.kept)
        finally:
            store.execute("DROP TABLE IF EXISTS sigma_event")
        refused += [told(r.file, r.title, reason) for r, reason in wrong]
        rules = [c for c in rules if not any(c.rule is r for r, _ in wrong)]
    return list(dict.fromkeys(refused))


def _portions(store: Store, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Ranges of row numbers, the same in every table, that cover them all: what stands ready for tests at one time is bounded."""
    last = max((store.rows(f'SELECT COALESCE(MAX(rowid), -1) AS n FROM "{p.table}"')[0]["n"] for p in parts), default=-1)
    yield from ((first, first + PORTION - 1) for first in range(0, last + 1, PORTION))


def _rows(part: Part, needs: Needs, first: int, last: int) -> str:
    """The rows of a part: what a finding carries, and the fields that rules read under numbers."""
    names = list(needs.numbers)
    known = columns(part.table)
    carried = [c if c in known else f"CAST(NULL AS {'TIMESTAMP' if c == 'time' else 'VARCHAR'}) AS {c}" for c in CARRIED]
    paths = ", ".join(quoted(f'$."{n}"') for n in names)
    said = f"json_extract_string(fields, [{paths}])" if part.own and names else "NULL"
    value = {n: _value(part, n, place) for place, n in enumerate(names, 1)}
    out = [f"{value[n]} AS r{i}" for n, i in needs.raw.items()] + [f"lower({value[n]}) AS l{i}" for n, i in needs.lower.items()]
    if needs.text:
        held = "concat_ws(chr(10), " + ", ".join([*part.held.values(), "NULL"]) + ")"
        text = "COALESCE(array_to_string(json_extract_string(fields, '$.*'), chr(10)), " + held + ")" if part.own else held
        out += [f"{text} AS t", f"lower({text}) AS lt"]
    return f'SELECT {", ".join(carried + out)} FROM (SELECT *, {said} AS said FROM "{part.table}" WHERE rowid BETWEEN {first} AND {last} AND ({part.where}))'


def _value(part: Part, name: str, place: int) -> str:
    held = part.held.get(name)
    own = f"said[{place}]" if part.own else None
    value = f"COALESCE({own}, {held})" if own and held else own or held or "NULL"
    return f"CAST({value} AS VARCHAR)"


def _place_addresses(store: Store, needs: Needs) -> None:
    """For each field that is held against networks, a column that lists those its address is in."""
    for name, networks in needs.nets.items():
        n = needs.numbers[name]
        known = [(ipaddress.ip_network(t), t) for t in sorted(networks)]
        values = [r["v"] for r in store.rows(f"SELECT DISTINCT l{n} AS v FROM sigma_event WHERE l{n} IS NOT NULL")]
        within = [(v, [t for net, t in known if a.version == net.version and a in net]) for v in values if (a := _address(v))]
        table = pa.table({"v": pa.array([v for v, _ in within], pa.string()), "nets": pa.array([w for _, w in within], pa.list_(pa.string()))})
        store.execute(f"CREATE OR REPLACE TEMP TABLE sigma_event AS SELECT e.*, p.nets AS n{n} FROM sigma_event e LEFT JOIN placed p ON e.l{n} = p.v", placed=table)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
