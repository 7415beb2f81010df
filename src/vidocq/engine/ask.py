"""Which statement answers which questions: all that share a table and a tie are fused into one, for any number of cases at once.

A *case* here is a row `cases(case_id, at, e1 [, e2], history_hours)`: the entities a question takes, at a time. The text is DuckDB's, kept to
`plain_sql`; a store that speaks another SQL translates it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import sqlglot
from sqlglot import exp

from vidocq.engine.plain_sql import foreign
from vidocq.engine.stack import Stack, stacked
from vidocq.model.belief import NO_EVENTS, Question
from vidocq.model.event import CLASSES, CONTEXT, columns

Tie = tuple[str, tuple[str, ...]]
"""A table and the columns that tie an event to a case: questions that share it are fused."""

_AGGREGATE = {
    "count": "COUNT(CASE WHEN {where} THEN 1 END)",
    "distinct": "COUNT(DISTINCT CASE WHEN {where} THEN {what} END)",
    "total": "COALESCE(SUM(CASE WHEN {where} THEN {what} END), 0)",
    "largest": "MAX(CASE WHEN {where} THEN {what} END)",
    "smallest": "MIN(CASE WHEN {where} THEN {what} END)",
    "first": "MIN(CASE WHEN {where} THEN {what} END)",
    "last": "MAX(CASE WHEN {where} THEN {what} END)",
}
_STACKED = {**_AGGREGATE, "count": "CAST(COALESCE(SUM(CASE WHEN {where} THEN e.n END), 0) AS BIGINT)"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
EVIDENCE = 20
"""Events shown for an answer, at most (the contract)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known of all cases at once. It narrows what a statement reads, and changes no answer."""

    start: datetime | None = None
    end: datetime | None = None
    """All events that any of the cases could hear of lie between the two. A store that keeps events in order of time skips the rest."""
    part: int = 0
    """`cases` holds each case once for every part of so many seconds since 1970 that its window touches, by its number in `part`: an event meets only the cases of its time."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Values, as literals, of what the measures read from whole tables."""
    stack: Stack | None = None
    """Like events are counted together before they meet the cases."""
    narrow: bool = False
    """The store finds the latest times of many events at little cost (`MAX(time, n)`): the rest of an event is read for those alone."""


EVERYTHING = Scope()


def tie_of(q: Question) -> Tie:
    return q.of, q.by


def window(questions: Sequence[Question]) -> tuple[timedelta, timedelta]:
    """How far before and after a case's time questions of one tie look."""
    return max(q.before or timedelta(0) for q in questions), max(q.after for q in questions)


def ask(questions: Sequence[Question], scope: Scope = EVERYTHING) -> str:
    """One statement that answers questions of one tie for every row of `cases`: case_id, then `q<i>.<measure>` and `q<i>.grade`."""
    facts, graded = [], []
    says = _STACKED if scope.stack else _AGGREGATE
    for i, q in enumerate(questions):
        inside = _inside(q)
        # Silence is judged in the question's own window, or an answer would depend on who else asks.
        facts.append(f'{says["count"].format(where=inside)} AS "q{i}.seen"')
        measures = scope.stack.measures[i] if scope.stack else q.measures
        facts += [f'{says[m.verb].format(where=f"{inside} AND ({m.where})", what=scope.given.get(m.what, m.what))} AS "q{i}.{name}"' for name, m in measures.items()]
        graded.append(f'{_grade(q, f"q{i}.")} AS "q{i}.grade"')
    return f"SELECT facts.*, {', '.join(graded)} FROM (SELECT c.case_id, c.history_hours, {', '.join(facts)} {_joined(questions, scope)} GROUP BY c.case_id, c.history_hours) AS facts"


def show(q: Question, scope: Scope = EVERYTHING) -> str:
    """The statement whose rows are evidence for an answer: case_id, n, total, uid, and the columns the question leads by; the latest first."""
    where = q.evidence or next(iter(q.measures.values())).where
    leads = "".join(f', e."{column}" AS "{column}"' for column in q.leads)
    names = "".join(f', "{column}"' for column in q.leads)
    timed = q.of in CLASSES
    order = "e.time DESC, e.uid, e.digest" if timed else "e.k1"
    uid = "e.uid" if timed else "NULL"
    behind = f"{_joined([q], scope, 'JOIN')} WHERE {_inside(q)} AND ({where})"
    first, total, late = "", "COUNT(*) OVER (PARTITION BY c.case_id)", ""
    if scope.narrow and timed:
        first = f"WITH latest AS (SELECT c.case_id, COUNT(*) AS total, LIST_MIN(MAX(e.time, {EVIDENCE})) AS since {behind} GROUP BY c.case_id) "
        behind = behind.replace("FROM cases AS c", "FROM (SELECT cases.*, latest.total, latest.since FROM cases JOIN latest USING (case_id)) AS c", 1)
        total, late = "c.total", " AND e.time >= c.since"
    return (
        f"{first}SELECT case_id, n, total, uid{names} FROM (SELECT c.case_id, {uid} AS uid{leads}, ROW_NUMBER() OVER (PARTITION BY c.case_id ORDER BY {order}) AS n,"
        f" {total} AS total {behind}{late}) AS shown WHERE n <= {EVIDENCE}"
    )


def lead(q: Question, most: int, scope: Scope = EVERYTHING) -> str:
    """The entities that an answer names, by lead column: case_id, column, value; the most frequent `most` of each."""
    where = q.evidence or next(iter(q.measures.values())).where
    parts = [
        f"SELECT c.case_id, '{column}' AS lead, e.\"{column}\" AS value, COUNT(*) AS n {_joined([q], scope, 'JOIN')} WHERE {_inside(q)} AND ({where}) AND e.\"{column}\" IS NOT NULL GROUP BY c.case_id, e.\"{column}\""
        for column in q.leads
    ]
    return f"SELECT case_id, lead, value, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY case_id, lead ORDER BY n DESC, value) AS place FROM ({' UNION ALL '.join(parts)}) AS named) AS placed WHERE place <= {most}"


@lru_cache(maxsize=4096)
def _template(q: _Held) -> str:
    return ask([q.question])


def alone(q: Question, entities: Sequence[str], at: datetime, history_hours: int) -> str:
    """The question's own statement for one case with its values filled in: what the contract calls `query`."""
    ends = ", ".join(f"{quote(name)} AS e{n}" for n, name in enumerate(entities, 1))
    return f"WITH cases AS (SELECT 0 AS case_id, TIMESTAMP '{at.isoformat(sep=' ')}' AS at, {history_hours} AS history_hours, {ends}) {_template(_Held(q))}"


class _Held:
    """A question as a key of the cache: units are frozen, their mappings are not hashable."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __hash__(self) -> int:
        return hash(self.question.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and (self.question is other.question or self.question == other.question)


def quote(text: str) -> str:
    """A literal. Whatever a log holds, it stays inside the quotes."""
    return "'" + text.replace("'", "''") + "'"


def _joined(questions: Sequence[Question], scope: Scope, join: str = "LEFT JOIN") -> str:
    """FROM cases, joined with the events that its entities tie to within the widest window."""
    [(table, by)] = {tie_of(q) for q in questions}
    on = [f"e.k{n} = c.e{n}" for n in range(1, len(by) + 1)]
    if table in CLASSES:
        before, after = window(questions)
        on += [f"e.time >= c.at - {_interval(before)}", f"e.time <= c.at + {_interval(after)}"]
        if scope.part:
            on.append(f"EPOCH_US(e.time) // {scope.part * 1_000_000} = c.part")
    keyed = _keyed(table, by, scope)
    events = stacked(scope.stack, keyed, len(by), scope.part) if scope.stack else keyed
    return f"FROM cases AS c {join} ({events}) AS e ON {' AND '.join(on)}"


def _keyed(table: str, by: Sequence[str], scope: Scope) -> str:
    """The table with the tie's columns as k1, k2; a tie to either of two columns is a union in which each event stands once."""
    choices = [column.split("|") for column in by]
    parts = []
    for pick in _product(choices):
        keys = ", ".join(f't."{column}" AS k{n}' for n, column in enumerate(pick, 1))
        # Where both columns hold the same value the event came with the first.
        where = [f't."{c[0]}" IS DISTINCT FROM t."{p}"' for c, p in zip(choices, pick, strict=True) if p != c[0]]
        if table in CLASSES:
            where += [f"t.time {sign} TIMESTAMP '{end}'" for sign, end in ((">=", scope.start), ("<=", scope.end)) if end is not None]
        parts.append(f'SELECT {keys}, t.* FROM "{table}" AS t' + (f" WHERE {' AND '.join(where)}" if where else ""))
    return " UNION ALL ".join(parts)


def _product(choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    if not choices:
        yield ()
        return
    for head in choices[0]:
        for tail in _product(choices[1:]):
            yield (head, *tail)


def _inside(q: Question) -> str:
    if q.of not in CLASSES:
        return "e.k1 IS NOT NULL"
    return f"e.time >= c.at - {_interval(q.before or timedelta(0))} AND e.time <= c.at + {_interval(q.after)}"


def _interval(t: timedelta) -> str:
    return f"INTERVAL '{int(t.total_seconds())}' SECOND"


def _grade(q: Question, prefix: str) -> str:
    arms = " ".join(f"WHEN {_renamed(condition, tuple(q.measures), prefix)} THEN {quote(label)}" for label, condition in q.grades.items())
    return f"CASE WHEN \"{prefix}seen\" = 0 THEN '{NO_EVENTS}' {arms} ELSE {quote(q.otherwise)} END"


@lru_cache(maxsize=8192)
def _renamed(condition: str, measures: tuple[str, ...], prefix: str) -> str:
    def about(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and node.name in (*measures, "seen"):
            return exp.column(exp.to_identifier(prefix + node.name, quoted=True))
        return node

    return sqlglot.parse_one(condition, dialect="duckdb").transform(about).sql(dialect="duckdb")


def problems_of(q: Question) -> Iterator[str]:
    """What is wrong with a question by itself: tables, columns and conditions that do not exist or do not parse."""
    if q.of not in CLASSES and q.of not in CONTEXT:
        yield f"asks of {q.of!r}, which is no table{near(q.of, {*CLASSES, *CONTEXT})}"
        return
    if len(q.about) != len(q.by) or not q.by:
        yield "needs one column in `by` for each entity in `about`"
    known = {*columns(q.of)}
    for column in (c for by in q.by for c in by.split("|")):
        if column not in known:
            yield f"ties by {column!r}, which {q.of} does not have{near(column, known)}"
    yield from (f"leads by {column!r}, which {q.of} does not have{near(column, known)}" for column in q.leads if column not in known)
    if q.of in CONTEXT and q.before is not None:
        yield f"{q.of} has no time: say `before=None`"
    for name, m in q.measures.items():
        for text in (m.where, m.what if m.what != "*" else "TRUE"):
            yield from (f"measure {name!r}: {p}" for p in _unknown(text, known | {"at", "e1", "e2"}))
    for label, text in q.grades.items():
        yield from (f"grade {label!r}: {p}" for p in _unknown(text, {*q.measures, "seen", "history_hours"}))
    if q.evidence:
        yield from (f"evidence: {p}" for p in _unknown(q.evidence, known | {"at", "e1", "e2"}))


def near(name: str, known: Iterable[str]) -> str:
    """What somebody who wrote this name may have meant, as the end of a sentence; nothing where nothing is like it."""
    alike = difflib.get_close_matches(name, sorted(known), 3, 0.6)
    return f" (near it: {', '.join(alike)})" if alike else ""


def _unknown(text: str, known: set[str]) -> Iterator[str]:
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except sqlglot.errors.ParseError as e:
        yield f"does not parse ({_COLOUR.sub('', str(e))[:120]})"
        return
    yield from (f"names {c.name!r}, which is not there{near(c.name, known)}" for c in tree.find_all(exp.Column) if c.name not in known)
    yield from (f"says `{text[:80]}`, which not every store understands alike" for text in list(foreign(tree))[:1])


def facts_of(row: Mapping[str, object], index: int, q: Question) -> dict[str, object]:
    """The measures of question `index` in a row of `ask`, times in RFC 3339."""
    out: dict[str, object] = {}
    for name in q.measures:
        value = row[f"q{index}.{name}"]
        out[name] = value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(value, datetime) else value
    return out
