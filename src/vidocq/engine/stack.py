"""Events that no case can tell apart, counted once: a storm of like alerts is read once, not once for every case about its machine.

Between two moments at which a condition of some case turns, what is asked of an event depends on its columns alone. So events of one tie, of one
such stretch and of the same columns are one row with a number; every measure is the same over the rows as over the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import sqlglot
from sqlglot import exp

from vidocq.model.belief import Measure, Question

_TURNS = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400}
_OF_CASE = frozenset({"at", "e1", "e2", "case_id", "history_hours"})


class _Unfit(Exception):
    """A measure asks for more of an event than this can tell."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What tells the events of one tie apart."""

    told: tuple[str, ...]
    """Expressions of the event alone, as `d0`, `d1` …: the values that are counted, and whether a condition holds."""
    turns: tuple[int, ...]
    """Seconds from a case's time at which a condition or a window turns."""
    measures: tuple[dict[str, Measure], ...]
    """The measures of every question, over the rows."""


def stack_of(questions: Sequence[Question]) -> Stack | None:
    """How events may be counted together for questions of one tie; None where a measure adds up, or compares a case with an event otherwise than by time."""
    reading = _Reading()
    try:
        measures = tuple({name: reading.measure(m) for name, m in q.measures.items()} for q in questions)
    except _Unfit:
        return None
    turns = reading.turns | {t for q in questions for t in (-int(q.before.total_seconds()) if q.before else 0, int(q.after.total_seconds()))}
    return Stack(tuple(reading.told), tuple(sorted(turns)), measures)


def stacked(stack: Stack, keyed: str, keys: int, part: int) -> str:
    """The rows of a keyed table: k1, k2, n, time (the first), time_last, and what tells them apart."""
    ends = [f"k{n}" for n in range(1, keys + 1)]
    of_case = ", ".join(f"c.e{n} AS k{n}" for n in range(1, keys + 1))
    edges = " UNION ".join(f"SELECT {of_case}, c.at + INTERVAL '{t}' SECOND AS turn FROM cases AS c" for t in stack.turns)
    tied = [f"e.k{n} = c.e{n}" for n in range(1, keys + 1)]
    stretch = ["b.turn", "s.time = b.turn"]
    if part:
        stretch.append(f"EPOCH_US(s.time) // {part * 1_000_000}")
        tied.append(f"EPOCH_US(e.time) // {part * 1_000_000} = c.part")
    told = [f"{text} AS d{n}" for n, text in enumerate(stack.told)]
    apart = [f"{text} AS a{n}" for n, text in enumerate(stretch)]
    named = ", ".join([*ends, *(f"d{n}" for n in range(len(told)))])
    # Events of no case at all leave first: the rest has to be put in order of time.
    return (
        f"SELECT {named}, MIN(time) AS time, MAX(time) AS time_last, COUNT(*) AS n FROM (SELECT {', '.join([*(f's.{k}' for k in ends), *told, *apart])}, s.time AS time"
        f" FROM (SELECT e.* FROM ({keyed}) AS e SEMI JOIN cases AS c ON {' AND '.join(tied)}) AS s"
        f" ASOF JOIN ({edges}) AS b ON {' AND '.join(f's.{k} = b.{k}' for k in ends)} AND s.time >= b.turn) GROUP BY {named}, {', '.join(f'a{n}' for n in range(len(apart)))}"
    )


@dataclass(slots=True)
class _Reading:
    """What the measures read so far need to know of an event."""

    told: list[str] = field(default_factory=list)
    turns: set[int] = field(default_factory=set)

    def measure(self, m: Measure) -> Measure:
        """The measure over rows of a stack."""
        if m.verb == "total":
            raise _Unfit
        if m.what == "time" and m.verb in ("first", "last"):
            return Measure(m.verb, "time" if m.verb == "first" else "time_last", self._text(m.where))
        # What is read from whole tables is the same for every event, and known before.
        known = m.what == "*" or wholesale(m.what)
        return Measure(m.verb, m.what if known else self._text(m.what), self._text(m.where))

    def _text(self, text: str) -> str:
        return sqlglot.parse_one(text, dialect="duckdb").transform(self._node).sql(dialect="duckdb")

    def _node(self, node: exp.Expression) -> exp.Expression:
        """The largest expressions of the event alone become columns; comparisons of its time with the case's stay."""
        if isinstance(node, _TURNS) and (turn := _turn(node)) is not None:
            self.turns.add(turn)
            # A copy, so that nothing below it is looked at.
            return node.copy()
        named = list(node.find_all(exp.Column))
        if not named:
            return node
        if not any(c.name in _OF_CASE or c.table == "c" for c in named):
            if node.find(exp.Select) or _is_time(node):
                raise _Unfit
            text = node.sql(dialect="duckdb")
            if text not in self.told:
                self.told.append(text)
            return exp.column(f"d{self.told.index(text)}")
        if isinstance(node, exp.Column):
            raise _Unfit
        return node


@lru_cache(maxsize=1024)
def wholesale(what: str) -> tuple[str, ...]:
    """The tables that a measure of what is a query of its own reads; none for any other measure."""
    tree = sqlglot.parse_one(what, dialect="duckdb").unnest()
    if not isinstance(tree, exp.Subquery | exp.Select):
        return ()
    ours = {t.alias_or_name for t in tree.find_all(exp.Table)}
    if any(c.table not in ours for c in tree.find_all(exp.Column)):
        return ()
    return tuple(sorted({t.name for t in tree.find_all(exp.Table)}))


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
