"""Carries out questions: fused per table and tie, for all cases at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from vidocq.engine import ask as compiler
from vidocq.engine.stack import stack_of, wholesale
from vidocq.model.belief import NOT_COVERED, Question
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES
from vidocq.store.coverage import Coverage
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

_EPOCH = datetime(1970, 1, 1)
_US = timedelta(microseconds=1)
MANY = 16
"""From so many cases on it pays to cut time into parts; from so many about the same entities, to count like events together."""
LEADS = 4
"""New entities an answer may name, at most, per column."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question put to the entities of one case at its time."""

    case: int
    question: str
    entities: tuple[Entity, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the grade and the facts."""

    grade: str
    facts: Mapping[str, Any]
    history_hours: int


def microseconds(t: datetime) -> int:
    return (t - _EPOCH) // _US


def put(store: Store, coverage: Coverage, questions: Mapping[str, Question], askings: Sequence[Asking]) -> list[Reply]:
    """The reply to every asking, in their order."""
    replies: list[Reply | None] = [None] * len(askings)
    groups: dict[compiler.Tie, list[int]] = {}
    for i, a in enumerate(askings):
        groups.setdefault(compiler.tie_of(questions[a.question]), []).append(i)
    for (table, _), members in groups.items():
        asked = [questions[q] for q in sorted({askings[i].question for i in members})]
        place = {q.id: n for n, q in enumerate(asked)}
        these = _these(store, coverage, askings, members, asked)
        scope = replace(these.scope, stack=stack_of(asked)) if these.crowded else these.scope
        rows = {r["case_id"]: r for r in store.rows(compiler.ask(asked, scope), cases=these.cases)}
        deaf = _deaf(askings, members, questions, table, coverage)
        for i, unheard in zip(members, deaf, strict=True):
            q, row = questions[askings[i].question], rows[these.key[i]]
            facts = compiler.facts_of(row, place[q.id], q)
            grade = row[f"q{place[q.id]}.grade"]
            if unheard or (table not in CLASSES and grade == "no events"):
                grade, facts = NOT_COVERED, {}
            replies[i] = Reply(grade, _rounded(facts), row["history_hours"])
    return replies  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _These:
    """What questions of one tie are put to: the table `cases`, which asking is which of them, and what is known of all."""

    cases: pa.Table
    key: Mapping[int, int]
    scope: compiler.Scope
    crowded: bool = False
    """Most of them are about entities that many are about, and would each read the same events."""


def _these(store: Store, coverage: Coverage, askings: Sequence[Asking], members: Sequence[int], asked: Sequence[Question]) -> _These:
    """Each distinct (entities, time) once: investigations that ask the same share the work."""
    table, by = compiler.tie_of(asked[0])
    number: dict[tuple[Any, ...], int] = {}
    key = {i: number.setdefault((askings[i].at, *(e.name for e in askings[i].entities)), len(number)) for i in members}
    at = np.array([microseconds(k[0]) for k in number], np.int64)
    columns: dict[str, Any] = {
        "case_id": pa.array(range(len(number)), pa.int64()), "at": pa.array(at, pa.timestamp("us")), "history_hours": pa.array(coverage.history_hours(table, at), pa.int64()),
        **{f"e{n}": pa.array([k[n] for k in number], pa.string()) for n in range(1, len(by) + 1)},
    }
    given = {m.what: _value(store, m.what, tables) for q in asked for m in q.measures.values() if (tables := wholesale(m.what))}
    if table not in CLASSES:
        return _These(pa.table(columns), key, compiler.Scope(given=given))
    before, after = compiler.window(asked)
    first, last = at - before // _US, at + after // _US
    plain = store.dialect != "duckdb"
    size = 0 if plain else _part(at, (before + after) // _US)
    crowded = not plain and _crowded(Counter((t // size if size else 0, *k[1:]) for t, k in zip(at.tolist(), number, strict=True)))
    cases = _parted(pa.table(columns), first, last, size) if size else pa.table(columns)
    start, end = (_EPOCH + timedelta(microseconds=int(t)) for t in (first.min(), last.max()))
    return _These(cases, key, compiler.Scope(start, end, size // 1_000_000, given, narrow=not plain and len(at) >= MANY), crowded)


def _value(store: Store, what: str, tables: Sequence[str]) -> str:
    [[value]] = (tuple(r.values()) for r in kept(store, f"SELECT {what} AS value", tables).to_pylist())
    return "NULL" if value is None else compiler.quote(value) if isinstance(value, str) else str(value)


def _part(at: np.ndarray, width: int) -> int:
    """Into how long parts time is cut, in microseconds; 0 where it is not worth it: for a few cases, or windows as wide as all of them together."""
    worth = len(at) >= MANY and at.max() - at.min() > 2 * width
    return max(width // 2, 60_000_000) // 1_000_000 * 1_000_000 if worth else 0


def _crowded(together: Counter[Any]) -> bool:
    """Whether most cases share their entities, and their time, with many others."""
    return sum(n * n for n in together.values()) >= MANY * together.total()


def _parted(cases: pa.Table, first: np.ndarray, last: np.ndarray, size: int) -> pa.Table:
    """Each case once for every part that its window touches."""
    begin, times = first // size, last // size - first // size + 1
    row = np.repeat(np.arange(len(first)), times)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return cases.take(pa.array(row)).append_column("part", pa.array(begin[row] + nth, pa.int64()))


def _deaf(askings: Sequence[Asking], members: Sequence[int], questions: Mapping[str, Question], table: str, coverage: Coverage) -> np.ndarray:
    """For which askings nobody was listening in the question's window."""
    at = np.array([microseconds(askings[i].at) for i in members], np.int64)
    before = np.array([int((questions[askings[i].question].before or timedelta(0)).total_seconds()) for i in members], np.int64)
    after = np.array([int(questions[askings[i].question].after.total_seconds()) for i in members], np.int64)
    return ~coverage.any(table, at - before * 1_000_000, at + after * 1_000_000)


def _rounded(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts in order of name, as the ledger holds them: a replay writes the same bytes."""
    return {k: (round(float(v), 4) if isinstance(v, float) else int(v) if hasattr(v, "as_integer_ratio") and not isinstance(v, bool | int) else v) for k, v in sorted(facts.items())}


def evidence(store: Store, coverage: Coverage, questions: Mapping[str, Question], askings: Sequence[Asking]) -> list[tuple[tuple[str, ...], int]]:
    """For every asking up to 20 events behind its answer, and how many there are."""
    found: list[tuple[tuple[str, ...], int]] = [((), 0)] * len(askings)
    for name, members in _by_question(askings).items():
        q = questions[name]
        if q.of not in CLASSES:
            continue
        these = _these(store, coverage, askings, members, [q])
        shown: dict[int, list[str]] = {}
        totals: dict[int, int] = {}
        for r in sorted(store.rows(compiler.show(q, these.scope), cases=these.cases), key=lambda r: (r["case_id"], r["n"])):
            shown.setdefault(r["case_id"], []).append(r["uid"])
            totals[r["case_id"]] = r["total"]
        for i in members:
            uids = tuple(dict.fromkeys(shown.get(these.key[i], [])))
            found[i] = (uids, max(totals.get(these.key[i], 0), len(uids)))
    return found


def leads(store: Store, coverage: Coverage, questions: Mapping[str, Question], askings: Sequence[Asking]) -> list[tuple[Entity, ...]]:
    """For every asking the entities that its answer names, the most frequent first."""
    found: list[tuple[Entity, ...]] = [()] * len(askings)
    for name, members in _by_question(askings).items():
        q = questions[name]
        if not q.leads:
            continue
        these = _these(store, coverage, askings, members, [q])
        named: dict[int, list[Entity]] = {}
        for r in sorted(store.rows(compiler.lead(q, LEADS, these.scope), cases=these.cases), key=lambda r: (r["case_id"], r["lead"], -r["n"], r["value"])):
            kind, _, role = q.leads[r["lead"]].partition(":")
            named.setdefault(r["case_id"], []).append(Entity.of(kind, str(r["value"]), role))
        for i in members:
            found[i] = tuple(named.get(these.key[i], ()))
    return found


def _by_question(askings: Sequence[Asking]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, a in enumerate(askings):
        groups.setdefault(a.question, []).append(i)
    return dict(sorted(groups.items()))
