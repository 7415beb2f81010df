"""Rules as conditions in SQL, by the log they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
from sigma.exceptions import SigmaError
from sigma.filters import SigmaFilter
from sigma.rule import SigmaRule

from vidocq.operations.sigma.clues import Clue, Either, clue_of
from vidocq.operations.sigma.condition import Needs, condition_sql
from vidocq.operations.sigma.fields import Log, log_of
from vidocq.operations.sigma.rules import Rule, Unusable, told

MOST_COUNTED = 2000
"""What the counts of a pattern (`.{1000}`) may come to: each is that many steps for every letter of a text that does not fit into the automaton."""
_COUNTED = re.compile(r"\{(\d{1,9})(?:,(\d{0,9}))?\}")
REFUSED = (Unusable, SigmaError, RecursionError, AttributeError, TypeError, ValueError, KeyError)
"""What the parser of rules, or what is here, raises about a rule that cannot be used."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A rule with its condition in SQL, and what an event must hold to be tested at all; None tests every event."""

    rule: Rule
    sql: str
    clue: Clue | None


@dataclass(slots=True)
class Ready:
    """The rules of one log as SQL, and what they read."""

    log: Log
    needs: Needs = field(default_factory=Needs)
    rules: list[Converted] = field(default_factory=list)
    referred: set[str] = field(default_factory=set)
    """The ids of those whose matches correlations look at."""
    silent: set[str] = field(default_factory=set)
    """The ids of those that raise no alert by themselves."""
    kept: dict[str, str] = field(default_factory=dict)
    """The fields that correlations read of such a match, and the columns they stand in."""


def converted(rules: Iterable[Rule]) -> tuple[list[Ready], list[str]]:
    """The rules by the log they speak of, filters applied, and a line for each rule or filter that cannot be put into SQL."""
    rules = list(rules)
    filters = [r for r in rules if isinstance(r.sigma, SigmaFilter)]
    ready: dict[str, Ready] = {}
    problems: dict[str, None] = {}
    with duckdb.connect(":memory:") as judge:
        for rule in rules:
            if not isinstance(rule.sigma, SigmaRule):
                continue
            try:
                log = log_of(rule.sigma)
                of = ready.get(log.name) or Ready(log, Needs(known=log.known()))
                made = _converted(rule, of.needs, judge)
            except REFUSED as e:
                problems[told(rule.file, rule.title, _reason(e))] = None
                continue
            ready[log.name] = of
            of.rules.append(_filtered(made, filters, of.needs, judge, problems))
    return list(ready.values()), list(problems)


def _reason(e: BaseException) -> str:
    return str(e) or type(e).__name__


def _converted(rule: Rule, needs: Needs, judge: duckdb.DuckDBPyConnection) -> Converted:
    parsed = [c.parsed for c in rule.sigma.detection.parsed_condition]
    sql = _any_of(parsed, needs, judge)
    clues = [c for p in parsed if (c := clue_of(p, needs))]
    return Converted(rule, sql, Either(tuple(clues)) if clues and len(clues) == len(parsed) else None)


def _filtered(made: Converted, filters: Sequence[Rule], needs: Needs, judge: duckdb.DuckDBPyConnection, problems: dict[str, None]) -> Converted:
    """The rule with the conditions of its filters besides. Its clue stays: a filter only takes away."""
    sql = made.sql
    for f in filters:
        if _concerns(f.sigma, made.rule):
            try:
                sql = f"({sql}) AND ({_any_of([c.parsed for c in f.sigma.filter.parsed_condition], needs, judge)})"
            except REFUSED as e:
                problems[told(f.file, f.title, _reason(e))] = None
    return Converted(made.rule, sql, made.clue)


def _concerns(by: SigmaFilter, rule: Rule) -> bool:
    named = by.filter.rules
    return rule.sigma.logsource in by.logsource and (isinstance(named, str) or any(r.reference in rule.names() for r in named))


def _any_of(parsed: Sequence[Any], needs: Needs, judge: duckdb.DuckDBPyConnection) -> str:
    def check(pattern: str) -> None:
        if sum(int(n) for m in _COUNTED.findall(pattern) for n in m if n) > MOST_COUNTED:
            raise Unusable("its pattern counts too far")
        try:
            judge.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
        except duckdb.Error as e:
            raise Unusable(f"its pattern is none that the store can search for ({' '.join(str(e).split())[:150]})") from e

    return " OR ".join(condition_sql(p, needs, check) for p in parsed)
