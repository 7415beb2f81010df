"""Events that no case can tell apart, counted once: a storm of like alerts is read once, not once for every case about its machine.

Between two moments at which a condition of some case turns, what is asked of an event depends on its columns alone. So events of one tie, of one
such stretch and of the same columns are one row with a number; every measure is the same over the rows as over the events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

from vidocq.model.belief import Measure, Question
from vidocq.model.event import columns

_TURNS = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400}
_OF_CASE = frozenset({"at", "e1", "e2", "case_id", "history_hours"})


class _Unfit(Exception):
    """A measure asks for more of an event than this can tell."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What tells the events of one tie apart."""

    columns: tuple[str, ...]
    spans: tuple[str, ...]
    """Expressions of the event's time alone, as `t0`, `t1` …: its day."""
    turns: tuple[int, ...]
    """Seconds from a case's time at which a condition or a window turns."""
    measures: tuple[dict[str, Measure], ...]
    """The measures of every question, over the rows."""


def stack_of(questions: Sequence[Question]) -> Stack | None:
    """How events may be counted together for questions of one tie; None where a measure adds up, counts what hardly repeats, or compares times otherwise."""
    reading = _Reading(columns(questions[0].of))
    try:
        measures = tuple({name: reading.measure(m) for name, m in q.measures.items()} for q in questions)
    except _Unfit:
        return None
    turns = reading.turns | {t for q in questions for t in (-int(q.before.total_seconds()) if q.before else 0, int(q.after.total_seconds()))}
    return Stack(tuple(sorted(reading.columns)), tuple(reading.spans), tuple(sorted(turns)), measures)


def stacked(stack: Stack, keyed: str, keys: int, part: int) -> str:
    """The rows of a keyed table: k1, k2, n, time (the first), time_last, and what tells them apart."""
    ends = [f"k{n}" for n in range(1, keys + 1)]
    edges = " UNION ".join(f"SELECT {', '.join(f'c.e{n} AS k{n}' for n in range(1, keys + 1))}, c.at + INTERVAL '{t}' SECOND AS turn FROM cases AS c" for t in stack.turns)
    told = [f's."{c}" AS "{c}"' for c in stack.columns] + [f"{text} AS t{n}" for n, text in enumerate(stack.spans)]
    stretch = ["b.turn", "s.time = b.turn", *([f"EPOCH_US(s.time) // {part * 1_000_000}"] if part else [])]
    apart = [f"{text} AS a{n}" for n, text in enumerate(stretch)]
    shape = ", ".join([*(f"s.{k}" for k in ends), *told, *apart])
    named = ", ".join([*ends, *(f'"{c}"' for c in stack.columns), *(f"t{n}" for n in range(len(stack.spans)))])
    return (
        f"SELECT {named}, MIN(time) AS time, MAX(time) AS time_last, COUNT(*) AS n FROM (SELECT {shape}, s.time AS time FROM ({keyed}) AS s"
        f" ASOF JOIN ({edges}) AS b ON {' AND '.join(f's.{k} = b.{k}' for k in ends)} AND s.time >= b.turn) GROUP BY {named}, {', '.join(f'a{n}' for n in range(len(stretch)))}"
    )


@dataclass(slots=True)
class _Reading:
    """What the measures read so far need to know of an event."""

    known: Mapping[str, object]
    columns: set[str] = field(default_factory=set)
    spans: list[str] = field(default_factory=list)
    turns: set[int] = field(default_factory=set)

    def measure(self, m: Measure) -> Measure:
        """The measure over rows of a stack."""
        if m.verb == "total":
            raise _Unfit
        what = {"first": "time", "last": "time_last"}.get(m.verb) if m.what == "time" else m.what if m.what == "*" else self._text(m.what)
        if what is None:
            raise _Unfit
        return Measure(m.verb, what, self._text(m.where))

    def _text(self, text: str) -> str:
        return sqlglot.parse_one(text, dialect="duckdb").transform(self._node).sql(dialect="duckdb")

    def _node(self, node: exp.Expression) -> exp.Expression:
        if isinstance(node, _TURNS) and (turn := _turn(node)) is not None:
            self.turns.add(turn)
            # A copy, so that nothing below it is looked at.
            return node.copy()
        if isinstance(node, exp.Column):
            return self._column(node)
        if isinstance(node, exp.Select | exp.Subquery):
            raise _Unfit
        if any(_is_time(n) for n in node.iter_expressions()):
            return self._span(node)
        return node

    def _column(self, node: exp.Column) -> exp.Expression:
        kind = getattr(self.known.get(node.name), "type", None)
        # Sizes and durations hardly repeat: each event would be a row of its own.
        if node.name in _OF_CASE or kind in (None, "TIMESTAMP", "BIGINT", "DOUBLE"):
            raise _Unfit
        self.columns.add(node.name)
        return node

    def _span(self, node: exp.Expression) -> exp.Expression:
        if any(c.name in _OF_CASE or not _is_time(c) for c in node.find_all(exp.Column)):
            raise _Unfit
        text = node.sql(dialect="duckdb")
        if text not in self.spans:
            self.spans.append(text)
        return exp.column(f"t{self.spans.index(text)}")


def _turn(node: exp.Expression) -> int | None:
    """How many seconds from the case's time a comparison with the event's time turns; None for any other comparison."""
    moment = node.expression
    if not _is_time(node.this):
        return None
    if _is_at(moment):
        return 0
    if isinstance(moment, exp.Add | exp.Sub) and _is_at(moment.this) and isinstance(moment.expression, exp.Interval):
        size, unit = moment.expression.this, str(moment.expression.unit).upper()
        if isinstance(size, exp.Literal) and unit in _SECONDS:
            return int(size.name) * _SECONDS[unit] * (1 if isinstance(moment, exp.Add) else -1)
    return None


def _is_time(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and node.name == "time" and node.table in ("", "e")


def _is_at(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and node.name == "at" and node.table in ("", "c")
