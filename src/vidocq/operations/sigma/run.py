"""Runs Sigma rules over the events of a store: each match becomes an alert of another tool, named `Sigma`."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
from sigma.exceptions import SigmaError

from vidocq.model.event import columns
from vidocq.operations.sigma.condition import Needs, condition_sql, quoted
from vidocq.operations.sigma.fields import Log, Part, log_of
from vidocq.operations.sigma.rules import Rule, Unusable, read_rules, told
from vidocq.store.duckdb import Store

TOGETHER = 100
"""Rules in one statement."""
_CARRIED = ("uid", "time", "source", "digest", "host", "actor_user", "src_ip", "dst_ip")


@dataclass(slots=True)
class Ready:
    """The rules of one log as SQL, and what they read."""

    log: Log
    needs: Needs = field(default_factory=Needs)
    rules: list[tuple[Rule, str]] = field(default_factory=list)


def run_rules(store: Store, folders: Sequence[Path]) -> tuple[int, list[str]]:
    """Add a finding for each rule and event that meet; how many, and a line for each rule that is not used."""
    rules, problems = read_rules(folders)
    ready, refused = converted(rules)
    before = store.count("detection_finding")
    for of in ready:
        refused += _run(store, of)
    return store.count("detection_finding") - before, problems + refused


def converted(rules: Iterable[Rule]) -> tuple[list[Ready], list[str]]:
    """The rules by the log they speak of, and a line for each that cannot be put into SQL."""
    ready: dict[str, Ready] = {}
    problems = []
    with duckdb.connect(":memory:") as judge:
        for rule in rules:
            try:
                log = log_of(rule.sigma)
                of = ready.get(log.name) or Ready(log, Needs(known=log.known()))
                sql = _sql(rule, of.needs, judge)
            except (Unusable, SigmaError, RecursionError, AttributeError, TypeError, ValueError) as e:
                problems.append(told(rule.file, rule.title, str(e) or type(e).__name__))
                continue
            ready[log.name] = of
            of.rules.append((rule, sql))
    return list(ready.values()), problems


def _sql(rule: Rule, needs: Needs, judge: duckdb.DuckDBPyConnection) -> str:
    def check(pattern: str) -> None:
        try:
            judge.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
        except duckdb.Error as e:
            raise Unusable(f"its pattern is none that the store can search for ({' '.join(str(e).split())[:150]})") from e

    return " OR ".join(condition_sql(c.parsed, needs, check) for c in rule.sigma.detection.parsed_condition)


def _run(store: Store, ready: Ready) -> list[str]:
    """Add what the rules of a log find; a line for each rule that the store would not carry out."""
    parts = [p for p in ready.log.parts if store.rows(f'SELECT 1 FROM "{p.table}" WHERE {p.where} LIMIT 1')]
    if not parts:
        return []
    store.execute(f"CREATE OR REPLACE TEMP TABLE sigma_event AS {' UNION ALL '.join(_rows(p, ready.needs) for p in parts)}")
    try:
        _place_addresses(store, ready.needs)
        starts = range(0, len(ready.rules), TOGETHER)
        return [line for n in starts for line in _carry_out(store, ready.rules[n : n + TOGETHER])]
    finally:
        store.execute("DROP TABLE IF EXISTS sigma_event")


def _rows(part: Part, needs: Needs) -> str:
    """The rows of a part: what a finding carries, and the fields that rules read under numbers."""
    names = list(needs.numbers)
    known = columns(part.table)
    carried = [c if c in known else f"CAST(NULL AS {'TIMESTAMP' if c == 'time' else 'VARCHAR'}) AS {c}" for c in _CARRIED]
    paths = ", ".join(quoted(f'$."{n}"') for n in names)
    said = f"json_extract_string(fields, [{paths}])" if part.own and names else "NULL"
    value = {n: _value(part, n, place) for place, n in enumerate(names, 1)}
    out = [f"{value[n]} AS r{i}" for n, i in needs.raw.items()] + [f"lower({value[n]}) AS l{i}" for n, i in needs.lower.items()]
    if needs.text:
        held = "concat_ws(chr(10), " + ", ".join([*part.held.values(), "NULL"]) + ")"
        text = "COALESCE(array_to_string(json_extract_string(fields, '$.*'), chr(10)), " + held + ")" if part.own else held
        out += [f"{text} AS t", f"lower({text}) AS lt"]
    return f'SELECT {", ".join(carried + out)} FROM (SELECT *, {said} AS said FROM "{part.table}" WHERE {part.where})'


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


def _carry_out(store: Store, rules: list[tuple[Rule, str]]) -> list[str]:
    """Add what these rules find. Where the store refuses the statement, they are halved until the rule at fault stands alone."""
    try:
        store.execute(_statement([sql for _, sql in rules]), known=_known([r for r, _ in rules]))
    except duckdb.Error as e:
        half = len(rules) // 2
        if half:
            return _carry_out(store, rules[:half]) + _carry_out(store, rules[half:])
        return [told(rules[0][0].file, rules[0][0].title, f"the store refuses it ({str(e).splitlines()[0]})")]
    return []


def _statement(conditions: list[str]) -> str:
    carried = ", ".join(_CARRIED)
    # CASE leaves a condition at its first part that fails, as a WHERE does, and a hundred of them cost one pass.
    met = ", ".join(f"CASE WHEN {sql} THEN {n} END" for n, sql in enumerate(conditions))
    # The rule is part of the digest: two findings about one event are two alerts, each with an id that lasts.
    return f"""INSERT INTO detection_finding (time, uid, source, digest, rule, title, message, severity, product, category, host, actor_user, src_ip, dst_ip, techniques, tactics)
        SELECT f.time, f.uid, 'sigma', substr(sha256(concat_ws(chr(31), f.source, f.digest, k.rule)), 1, 16), k.rule, k.title, k.message, k.severity, 'Sigma', 'threat',
            f.host, f.actor_user, f.src_ip, f.dst_ip, k.techniques, k.tactics
        FROM (SELECT {carried}, unnest(list_filter([{met}], lambda n: n IS NOT NULL)) AS n FROM sigma_event) f JOIN known k USING (n)"""


def _known(rules: list[Rule]) -> pa.Table:
    return pa.table({
        "n": pa.array(range(len(rules)), pa.int32()), "rule": [r.id for r in rules], "title": [_clean(r.title) for r in rules], "message": [_clean(r.description) for r in rules],
        "severity": pa.array([r.severity for r in rules], pa.int32()),
        **{k: pa.array([", ".join(getattr(r, k)) or None for r in rules], pa.string()) for k in ("techniques", "tactics")},
    })


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").split())
