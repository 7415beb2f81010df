"""Correlations of Sigma rules: what the matches of several say together, for one group and within a span of time.

Source: SigmaHQ's specification, "Sigma Correlation Rules", version 2. A condition that asks for many (`gte`, `gt`) looks at every span that ends
with a match; one that asks for few or for a certain number looks at spans side by side. Spans that meet their condition and overlap are one alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
from sigma.correlations import SigmaCorrelationRule

from vidocq.operations.sigma.condition import quoted
from vidocq.operations.sigma.convert import REFUSED, Converted, Ready
from vidocq.operations.sigma.match import CARRIED, known
from vidocq.operations.sigma.rules import Rule, Unusable, told
from vidocq.store.duckdb import Store

LONGEST = 366 * 86_400
"""Seconds of a span."""
MOST = 20
"""Rules of a correlation, and fields of a group."""
EVENTS = 200
"""Events that an alert names, the first ones of those that met."""
_OPERATORS = {"GTE": ">=", "GT": ">", "LTE": "<=", "LT": "<", "EQ": "=", "NEQ": "<>"}
_FIELDS = ", ".join(CARRIED)
_ENTITIES = ("host", "actor_user", "src_ip", "dst_ip")


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation that can be carried out: the rules it refers to by id, and the fields of each that make its group and are counted."""

    rule: Rule
    refers: tuple[str, ...]
    group: tuple[Mapping[str, str], ...]
    counted: tuple[Mapping[str, str], ...]


def referred(rules: Iterable[Rule], ready: Sequence[Ready]) -> tuple[list[Correlation], list[str]]:
    """The correlations among the rules, and a line for each that is not used. What they refer to is marked in `ready`.

    A rule alerts by itself unless a correlation refers to it, and again where one says `generate: true`.
    """
    named = {name: (of, c) for of in ready for c in of.rules for name in c.rule.names()}
    usable, problems = [], []
    outspoken = set()
    for rule in rules:
        if not isinstance(rule.sigma, SigmaCorrelationRule):
            continue
        mine = [named[r.reference] for r in rule.sigma.rules or () if r.reference in named]
        for of, c in mine:
            of.silent.add(c.rule.id)
            outspoken |= {c.rule.id} if rule.sigma.generate else set()
        try:
            usable.append(_correlation(rule, named))
        except REFUSED as e:
            alone = "" if rule.sigma.generate or not mine else "; the rules it refers to raise no alert by themselves"
            problems.append(told(rule.file, rule.title, (str(e) or type(e).__name__) + alone))
    for of in ready:
        of.silent -= outspoken
    return usable, problems


def _correlation(rule: Rule, named: Mapping[str, tuple[Ready, Converted]]) -> Correlation:
    said = rule.sigma
    unknown = [r.reference for r in said.rules or () if r.reference not in named]
    if unknown or not said.rules:
        raise Unusable(f"it refers to {str(unknown[0])[:80]!r}, which is no rule that is used" if unknown else "it refers to no rule")
    if said.type.name not in ("EVENT_COUNT", "VALUE_COUNT", "TEMPORAL", "TEMPORAL_ORDERED"):
        raise Unusable(f"correlations of the kind {said.type.name.lower()} are not supported")
    if said.timespan.seconds > LONGEST or len(said.rules) > MOST or len(said.group_by or ()) > MOST:
        raise Unusable("it is too large, or spans more than a year")
    if said.type.name == "TEMPORAL_ORDERED" and (said.condition.op.name, said.condition.count) != ("GTE", len(said.rules)):
        raise Unusable("an order of only some of its rules is not supported")
    of = [named[r.reference] for r in said.rules]
    fields = said.condition.fieldref or []
    fields = [fields] if isinstance(fields, str) else fields
    if said.type.name == "VALUE_COUNT" and not fields:
        raise Unusable("it names no field to count")

    def kept(name: str) -> dict[str, str]:
        alias = said.aliases.aliases.get(name)
        by_rule = {n: f for r, f in alias.mapping.items() for n in ([r.reference] if r.reference not in named else named[r.reference][1].rule.names())} if alias else {}
        return {c.rule.id: _kept(ready, str(by_rule.get(c.rule.id, name))) for ready, c in of}

    made = Correlation(rule, tuple(c.rule.id for _, c in of), tuple(kept(g) for g in said.group_by or ()), tuple(kept(str(f)) for f in fields))
    for ready, c in of:
        ready.referred.add(c.rule.id)
    return made


def _kept(ready: Ready, name: str) -> str:
    """The field, which is from now on kept of each match."""
    ready.kept[name] = ready.needs.lowered(name)
    return name


def correlate(store: Store, correlations: Sequence[Correlation]) -> list[str]:
    """Add what the correlations find in `sigma_match`; a line for each that the store would not carry out."""
    problems = []
    for c in correlations:
        try:
            store.execute(f"CREATE OR REPLACE TEMP TABLE sigma_correlated AS {_statement(c)}", known=known([c.rule]))
            store.execute("INSERT INTO finding_events SELECT digest, events FROM sigma_correlated")
            store.execute("INSERT INTO detection_finding BY NAME SELECT * EXCLUDE (events) FROM sigma_correlated")
        except duckdb.Error as e:
            problems.append(told(c.rule.file, c.rule.title, f"the store refuses it ({str(e).splitlines()[0]})"))
    return problems


def _statement(c: Correlation) -> str:
    """A finding for each group and stretch of time, with its events."""
    named = ", ".join(f"CASE WHEN COUNT(DISTINCT {e}) = 1 THEN MIN({e}) END AS one_{e}, arg_max({e}, (time, uid)) AS last_{e}" for e in _ENTITIES)
    # What all events name; where they name nothing in common, what the last one does.
    common = f"COALESCE({', '.join(f'one_{e}' for e in _ENTITIES)}) IS NOT NULL"
    entities = ", ".join(f"CASE WHEN {common} THEN one_{e} ELSE last_{e} END AS {e}" for e in _ENTITIES)
    return f"""WITH m AS ({_matches(c)}), fired AS ({_fired(c)}),
        stretch AS (SELECT g, MIN(begins) AS begins, MAX(ends) AS ends, MIN(ends) AS met FROM (
            SELECT *, SUM(CASE WHEN begins > before THEN 1 ELSE 0 END) OVER (PARTITION BY g ORDER BY begins, ends ROWS UNBOUNDED PRECEDING) AS n
            FROM (SELECT *, MAX(ends) OVER (PARTITION BY g ORDER BY begins, ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM fired)) GROUP BY g, n),
        found AS (SELECT s.met, s.g, s.begins, s.ends, COUNT(*) AS n, arg_min(uid, (time, uid), {EVENTS}) AS events, arg_min(digest, (time, uid)) AS first, {named}
            FROM stretch s JOIN (SELECT DISTINCT g, {_FIELDS} FROM m) e ON e.g = s.g AND e.time BETWEEN s.begins AND s.ends GROUP BY s.met, s.g, s.begins, s.ends)
        SELECT f.met AS time, f.events[1] AS uid, 'sigma' AS source, substr(sha256(concat_ws(chr(31), 'correlation', f.first, f.g, k.rule)), 1, 16) AS digest, k.rule, k.title,
            concat_ws(' ', k.message, '(' || f.n || ' events from ' || strftime(f.begins, '%Y-%m-%dT%H:%M:%SZ') || ' to ' || strftime(f.ends, '%Y-%m-%dT%H:%M:%SZ') || ')') AS message, k.severity,
            'Sigma' AS product, 'threat' AS category, {entities}, k.techniques, k.tactics, f.events FROM found f, known k"""


def _matches(c: Correlation) -> str:
    """What the rules met, with the group (nothing where an event lacks a field of it) and the value that is counted."""
    group = [_field(g) for g in c.group]
    whole = f"concat_ws(chr(31), {', '.join(group)})" if group else "''"
    counted = [_field(v) for v in c.counted]
    value = f"CASE WHEN {' AND '.join(f'{v} IS NOT NULL' for v in counted)} THEN concat_ws(chr(31), {', '.join(counted)}) END" if counted else "NULL"
    # An event that two of the rules met counts once, unless the question is which rules met.
    rule = "rule, " if c.rule.sigma.type.name.startswith("TEMPORAL") else ""
    there = "".join(f" AND {g} IS NOT NULL" for g in group)
    return f"SELECT DISTINCT {rule}{_FIELDS}, {whole} AS g, {value} AS v FROM sigma_match WHERE rule IN ({', '.join(map(quoted, c.refers))}){there}"


def _field(of: Mapping[str, str]) -> str:
    if len(set(of.values())) == 1:
        return f"said[{quoted(next(iter(of.values())))}]"
    return f"CASE rule {' '.join(f'WHEN {quoted(rule)} THEN said[{quoted(name)}]' for rule, name in of.items())} END"


def _fired(c: Correlation) -> str:
    """The spans that meet the condition: group, first and last time."""
    said = c.rule.sigma
    if said.type.name == "TEMPORAL_ORDERED":
        return _in_order(c)
    count = {"EVENT_COUNT": "COUNT(*)", "VALUE_COUNT": "COUNT(DISTINCT v)", "TEMPORAL": "COUNT(DISTINCT rule)"}[said.type.name]
    operator, number = _OPERATORS[said.condition.op.name], repr(said.condition.count)
    if operator in (">=", ">"):
        return f"""SELECT g, MIN(time) OVER span AS begins, time AS ends FROM m
            WINDOW span AS (PARTITION BY g ORDER BY time RANGE BETWEEN to_seconds({said.timespan.seconds}) PRECEDING AND CURRENT ROW) QUALIFY {count} OVER span {operator} {number}"""
    return f"SELECT g, MIN(time) AS begins, MAX(time) AS ends FROM m GROUP BY g, time_bucket(to_seconds({said.timespan.seconds}), time) HAVING {count} {operator} {number}"


def _in_order(c: Correlation) -> str:
    """Each match of the last rule, where the others stand before it in their order: the latest beginning that leads to it tells the span."""
    steps = [f"s1 AS (SELECT *, CASE WHEN rule = {quoted(c.refers[0])} THEN time END AS begins FROM m)"]
    for n, rule in enumerate(c.refers[1:], 2):
        latest = "MAX(begins) OVER (PARTITION BY g ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        steps.append(f"s{n} AS (SELECT * REPLACE (CASE WHEN rule = {quoted(rule)} THEN {latest} END AS begins) FROM s{n - 1})")
    return f"WITH {', '.join(steps)} SELECT g, begins, time AS ends FROM s{len(c.refers)} WHERE begins >= time - to_seconds({c.rule.sigma.timespan.seconds})"
