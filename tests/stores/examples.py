"""Every case of every question in few tables, so that one statement answers the cases of many questions.

Cases would hear each other's events. So each gets an era of its own: its times move by whole weeks. That does not part cases of questions that read a table
whole, whatever the time: those stand in further worlds, where no table serves two of them.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlglot

from vidocq.catalogue import load
from vidocq.engine.ask import tie_of
from vidocq.model.belief import Question
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES, CONTEXT, columns
from vidocq.operations import check
from vidocq.store.coverage import HOUR_US, Coverage
from vidocq.store.duckdb import Store

CATALOGUE = load()
ERA = dt.timedelta(weeks=26)


@dataclass(frozen=True)
class Case:
    """A question put to entities at a time, what its file says of the answer, and the events around it."""

    name: str
    question: Question
    at: dt.datetime
    entities: tuple[Entity, ...]
    history_hours: int
    said: dict
    tables: dict[str, pa.Table]


@dataclass(frozen=True)
class World:
    """Cases that share tables."""

    cases: list[Case]
    tables: dict[str, pa.Table]

    def of(self, tie):
        return [c for c in self.cases if tie_of(c.question) == tie]


def play():
    """The worlds in which all cases are asked; the first holds those that time keeps apart."""
    store = Store()
    cases = [_case(store, found) for found in check.unit_cases(CATALOGUE) if found.room == "questions"]
    store.close()
    apart = [_moved(c, n * ERA) for n, c in enumerate(c for c in cases if not whole(c.question))]
    crowds = [apart]
    for c in (c for c in cases if whole(c.question)):
        free = (crowd for crowd in crowds[1:] if not any(c.tables.keys() & other.tables.keys() for other in crowd))
        crowd = next(free, None)
        if crowd is None:
            crowds.append(crowd := [])
        crowd.append(c)
    return [World(crowd, _union(crowd)) for crowd in crowds]


def whole(q):
    """Whether a question reads a table whole, whatever the time."""
    return q.of in CONTEXT or any(sqlglot.parse_one(m.what, dialect="duckdb").find(sqlglot.exp.Select) for m in q.measures.values() if m.what != "*")


def arrow_cases(cases):
    """The table `cases` that statements of one tie are asked of."""
    ends = {f"e{n}": pa.array(names, pa.string()) for n, names in enumerate(zip(*([e.name for e in c.entities] for c in cases), strict=True), 1)}
    return pa.table({
        "case_id": pa.array(range(len(cases)), pa.int64()), "at": pa.array([c.at for c in cases], pa.timestamp("us")),
        "history_hours": pa.array([c.history_hours for c in cases], pa.int64()), **ends,
    })


def _case(store, found):
    check.fill(store, found.said.get("events", {}))
    tables = {t: store.query(f'SELECT * FROM "{t}"') for t in found.said.get("events", {})}
    for name in tables:
        store.execute(f'DELETE FROM "{name}"')
    q, asked = CATALOGUE.questions[found.unit], found.said["ask"]
    at = dt.datetime.fromisoformat(str(asked["at"]))
    at = at.astimezone(dt.UTC).replace(tzinfo=None) if at.tzinfo else at
    entities = tuple(Entity.of(about.partition(":")[0], name, about.partition(":")[2]) for about, name in zip(q.about, asked["entities"], strict=True))
    return Case(str(found), q, at, entities, _history(q, at, tables), found.said["answer"], tables)


def _history(q, at, tables):
    if q.of not in CLASSES or q.of not in tables:
        return 0
    heard = np.unique(tables[q.of]["time"].cast(pa.int64()).to_numpy() // HOUR_US)
    return int(Coverage({q.of: heard}).history_hours(q.of, np.array([(at - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1)]))[0])


def _moved(c, shift):
    return replace(c, at=c.at + shift, tables={name: _later(name, table, shift) for name, table in c.tables.items()})


def _later(name, table, shift):
    for n, column in enumerate(table.column_names):
        if columns(name)[column].type == "TIMESTAMP":
            table = table.set_column(n, column, pc.add(table[column], pa.scalar(shift, pa.duration("us"))))
    return table


def _union(cases):
    parts = defaultdict(list)
    for c in cases:
        for name, table in c.tables.items():
            parts[name].append(table)
    return {name: pa.concat_tables(tables) for name, tables in sorted(parts.items())}


def eras_touch(world):
    """Pairs of neighbours in time of which one could hear the other's events."""
    spans = []
    for c in world.cases:
        times = [t for table in c.tables.values() if "time" in table.column_names for t in pc.min_max(table["time"]).as_py().values() if t]
        spans.append((min([c.at - (c.question.before or dt.timedelta(0)), *times]), max([c.at + c.question.after, *times]), c.name))
    spans.sort()
    return [(a[2], b[2]) for a, b in pairwise(spans) if a[1] >= b[0]]
