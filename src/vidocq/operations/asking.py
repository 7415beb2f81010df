"""Carries out questions: fused per table and tie, for all cases at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from vidocq.engine import ask as compiler
from vidocq.model.belief import NOT_COVERED, Question
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES
from vidocq.store.coverage import Coverage
from vidocq.store.duckdb import Store

_EPOCH = datetime(1970, 1, 1)
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
    return (t - _EPOCH) // timedelta(microseconds=1)


def put(store: Store, coverage: Coverage, questions: Mapping[str, Question], askings: Sequence[Asking]) -> list[Reply]:
    """The reply to every asking, in their order."""
    replies: list[Reply | None] = [None] * len(askings)
    groups: dict[compiler.Tie, list[int]] = {}
    for i, a in enumerate(askings):
        groups.setdefault(compiler.tie_of(questions[a.question]), []).append(i)
    for (table, by), members in groups.items():
        asked = [questions[q] for q in sorted({askings[i].question for i in members})]
        place = {q.id: n for n, q in enumerate(asked)}
        cases, key = _cases(askings, members, len(by), table, coverage)
        rows = {r["case_id"]: r for r in store.rows(compiler.ask(asked), cases=cases)}
        deaf = _deaf(askings, members, questions, table, coverage)
        history = cases["history_hours"].to_pylist()
        for i, unheard in zip(members, deaf, strict=True):
            q, row = questions[askings[i].question], rows[key[i]]
            facts = compiler.facts_of(row, place[q.id], q)
            grade = row[f"q{place[q.id]}.grade"]
            if unheard or (table not in CLASSES and grade == "no events"):
                grade, facts = NOT_COVERED, {}
            replies[i] = Reply(grade, _rounded(facts), history[key[i]])
    return replies  # type: ignore[return-value]


def _cases(askings: Sequence[Asking], members: Sequence[int], ends: int, table: str, coverage: Coverage) -> tuple[pa.Table, dict[int, int]]:
    """Each distinct (entities, time) once, and which asking is which case: investigations that ask the same share the work."""
    number: dict[tuple[Any, ...], int] = {}
    key = {i: number.setdefault((askings[i].at, *(e.name for e in askings[i].entities)), len(number)) for i in members}
    at = [k[0] for k in number]
    history = coverage.history_hours(table, np.array([microseconds(t) for t in at], np.int64))
    columns: dict[str, Any] = {"case_id": pa.array(range(len(number)), pa.int64()), "at": pa.array(at, pa.timestamp("us")), "history_hours": pa.array(history, pa.int64())}
    for n in range(ends):
        columns[f"e{n + 1}"] = pa.array([k[n + 1] for k in number], pa.string())
    return pa.table(columns), key


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
        cases, key = _cases(askings, members, len(q.by), q.of, coverage)
        shown: dict[int, list[str]] = {}
        totals: dict[int, int] = {}
        for r in sorted(store.rows(compiler.show(q), cases=cases), key=lambda r: (r["case_id"], r["n"])):
            shown.setdefault(r["case_id"], []).append(r["uid"])
            totals[r["case_id"]] = r["total"]
        for i in members:
            uids = tuple(dict.fromkeys(shown.get(key[i], [])))
            found[i] = (uids, max(totals.get(key[i], 0), len(uids)))
    return found


def leads(store: Store, coverage: Coverage, questions: Mapping[str, Question], askings: Sequence[Asking]) -> list[tuple[Entity, ...]]:
    """For every asking the entities that its answer names, the most frequent first."""
    found: list[tuple[Entity, ...]] = [()] * len(askings)
    for name, members in _by_question(askings).items():
        q = questions[name]
        if not q.leads:
            continue
        cases, key = _cases(askings, members, len(q.by), q.of, coverage)
        named: dict[int, list[Entity]] = {}
        for r in sorted(store.rows(compiler.lead(q, LEADS), cases=cases), key=lambda r: (r["case_id"], r["lead"], -r["n"], r["value"])):
            kind, _, role = q.leads[r["lead"]].partition(":")
            named.setdefault(r["case_id"], []).append(Entity.of(kind, str(r["value"]), role))
        for i in members:
            found[i] = tuple(named.get(key[i], ()))
    return found


def _by_question(askings: Sequence[Asking]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, a in enumerate(askings):
        groups.setdefault(a.question, []).append(i)
    return dict(sorted(groups.items()))
