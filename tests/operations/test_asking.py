"""Many cases at once get the answers that each gets alone, however the work is shared."""

import datetime as dt
import random

import pyarrow as pa
import pytest

from vidocq.catalogue import load
from vidocq.engine.ask import alone, facts_of, tie_of
from vidocq.engine.stack import stack_of
from vidocq.model.belief import Question, count, first, largest, total
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES, columns
from vidocq.operations import asking
from vidocq.operations.asking import Asking
from vidocq.store.coverage import coverage
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

CATALOGUE = load()
TIES = sorted({tie_of(q) for q in CATALOGUE.questions.values() if q.of in CLASSES})
START = dt.datetime(2025, 1, 1)
NAMES = ("a", "b", "192.0.2.1")
WORDS = {"protocol": ("tcp", "udp"), "status": ("success", "failure"), "method": ("GET", "POST"), "rcode": ("NXDOMAIN", "NOERROR")}
TYPES = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}


def made_of(column, chance):
    if column.name == "time":
        spread = chance.choice([(0, 40 * 86400), (20 * 86400, 20 * 86400 + 4000)])
        return START + dt.timedelta(seconds=chance.randint(*spread), microseconds=chance.choice([0, 0, chance.randint(0, 999_999)]))
    if chance.random() < 0.1:
        return None
    values = {"BOOLEAN": (True, False), "INTEGER": (1, 3, 22, 53, 443), "BIGINT": (0, 7, 5000), "DOUBLE": (0.5, 2.25), "TIMESTAMP": (START,)}
    return chance.choice(values.get(column.type) or WORDS.get(column.name, NAMES))


def filled(table, events=600):
    """A store with a storm in an hour and as many events around it, and the times of all."""
    chance, store = random.Random(table), Store()
    rows = [{n: made_of(c, chance) for n, c in columns(table).items()} | {"uid": f"e{i}", "digest": "d"} for i in range(events)]
    store.insert(table, pa.table({n: pa.array([r[n] for r in rows], TYPES[c.type]) for n, c in columns(table).items()}))
    return store, [r["time"] for r in rows]


def askings(questions, times, cases=60):
    chance = random.Random(cases)
    shifts = [dt.timedelta(0), dt.timedelta(hours=1), dt.timedelta(hours=-2), dt.timedelta(seconds=chance.randint(-90_000, 90_000))]
    for n in range(cases):
        at = chance.choice(times) + chance.choice(shifts)
        entities = tuple(Entity("name", chance.choice(NAMES), "") for _ in questions[0].by)
        yield from (Asking(n, q.id, entities, at) for q in questions)


@pytest.mark.parametrize("tie", TIES, ids=lambda t: f"{t[0]}-{'-'.join(t[1])}")
def test_together_is_as_alone(tie, monkeypatch):
    questions = [q for q in CATALOGUE.questions.values() if tie_of(q) == tie]
    store, times = filled(tie[0])
    heard, asked = coverage(store), list(askings(questions, times))
    one_by_one = [asking.put(store, heard, CATALOGUE.questions, [a])[0] for a in asked]
    shown = [asking.evidence(store, heard, CATALOGUE.questions, [a])[0] for a in asked]
    # Time is cut into parts, and like events are counted together, from two cases on.
    monkeypatch.setattr(asking, "MANY", 2)
    assert asking.put(store, heard, CATALOGUE.questions, asked) == one_by_one
    assert asking.evidence(store, heard, CATALOGUE.questions, asked) == shown
    # The statement that a reader is shown says the same.
    for a, reply in list(zip(asked, one_by_one, strict=True))[:12]:
        q = CATALOGUE.questions[a.question]
        if reply.grade != "not covered":
            [row] = store.rows(alone(q, [e.name for e in a.entities], a.at, reply.history_hours))
            assert (row["q0.grade"], asking._rounded(facts_of(row, 0, q))) == (reply.grade, reply.facts)


def question(**measures):
    return Question(id="q", text="", why="", of="detection_finding", about=("host:host",), by=("host",), measures=measures, grades={}, otherwise="any")


@pytest.mark.parametrize("measure", [total("severity"), count("host = c.e1"), count("c.at - time < INTERVAL '60' SECOND"), largest("time")], ids=str)
def test_what_cannot_be_counted_together(measure):
    assert stack_of([question(m=measure)]) is None


def test_what_tells_events_apart():
    found = stack_of([question(few=count("severity >= 3 AND time < c.at - INTERVAL '600' SECOND"), since=first())])
    assert (found.told, found.turns) == (("severity >= 3",), (-86400, -600, 0))


def test_what_is_kept_follows_the_tables():
    store, _ = filled("authentication", 5)
    sql = "SELECT COUNT(*) AS n FROM authentication"
    assert kept(store, sql, ("authentication",)).to_pylist() == [{"n": 5}]
    store.insert("authentication", pa.table({"time": [START], "uid": ["new"]}))
    assert kept(store, sql, ("authentication",)).to_pylist() == [{"n": 6}]


def test_what_is_kept_follows_a_context_table_of_the_same_size():
    store, sql = Store(), "SELECT ip FROM address WHERE internal"
    store.insert("address", pa.table({"ip": ["192.0.2.1"], "internal": [True]}))
    assert kept(store, sql, ("address",)).num_rows == 1
    store.execute("DELETE FROM address")
    store.insert("address", pa.table({"ip": ["192.0.2.1"], "internal": [False]}))
    assert kept(store, sql, ("address",)).num_rows == 0


def test_what_is_kept_stays_when_the_caller_undoes_his_own(tmp_path):
    store, sql = Store(tmp_path), "SELECT COUNT(*) AS n FROM authentication"
    store.execute("BEGIN")
    assert kept(store, sql, ("authentication",)).to_pylist() == [{"n": 0}]
    store.execute("ROLLBACK")
    assert [r["state"] for r in store.rows("SELECT state FROM kept")] == ["0"]
