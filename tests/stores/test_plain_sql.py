"""The SQL of questions: every word of it means the same on every engine, and no other word is let in."""

import datetime as dt
from dataclasses import replace

import pyarrow as pa
import pytest
import sqlglot
from examples import CATALOGUE

from vidocq.engine.ask import problems_of
from vidocq.engine.plain_sql import WORDS, foreign
from vidocq.model.belief import count
from vidocq.store import spark
from vidocq.store.duckdb import Store

TEXTS = [None, "", " ", "%", "a_c", "abc", "ABC", "É", "ß", "a.b.c", ".", "it's", '"', "$1", "10.0.0.1", "172.16.9.9", "🦀 ok", "NULL", "0", "{cases}", "-- x"]
EVENTS = pa.Table.from_pylist([
    {
        "uid": f"{n:02d}", "time": dt.datetime(2024, 2, 28, 23, 59, 59, 999_999) + dt.timedelta(minutes=7 * n), "state": text, "app": TEXTS[-n],
        "dst_port": None if n % 5 == 1 else n - 3, "bytes_out": None if n % 4 == 1 else n * 10**12, "duration": None if n % 3 == 1 else n / 7 - 1, "established": (None, True, False)[n % 3],
    }
    for n, text in enumerate(TEXTS)
])
EXAMPLES = [
    "state = app", "state <> ''", "state < app", "state >= '172.16.' AND state < '172.32.'", "state <= 'a'", "dst_port > 4", "NOT established", "established OR dst_port = 0",
    "established AND dst_port IS NULL", "established IS NOT TRUE", "established IS FALSE", "state IN ('abc', '', 'it''s')", "dst_port NOT IN (1, 2)", "dst_port BETWEEN 1 AND 5",
    "state LIKE 'a_c'", "state LIKE '%.%'", "state NOT LIKE '%'", "lower(state) LIKE 'é%'", "lower(app)", "LENGTH(state)", "split_part(state, '.', 1)", "split_part(state, '.', 3)",
    "COALESCE(state, app, 'none')", "CASE WHEN dst_port > 3 THEN 'high' WHEN dst_port IS NULL THEN NULL ELSE 'low' END", "(dst_port + 1) * 2 - bytes_out", "-dst_port", "abs(dst_port - 5)", "greatest(dst_port, hour(time))", "least(dst_port, 4, 7)", "floor(ln(bytes_out + 1) * 8)", "greatest(app, state)", "duration * bytes_out",
    "CAST(dst_port AS DOUBLE) * 0.5", "CAST(time AS DATE)", "hour(time)", "date_trunc('day', time)", "date_trunc('hour', time)", "date_trunc('minute', time)",
    "time - INTERVAL '26' HOUR", "time >= c.at - INTERVAL 90 SECOND", "time < c.at + INTERVAL '1' DAY", "time <= c.at - INTERVAL '2' MINUTE",
    "(SELECT COUNT(DISTINCT w.app) FROM network_activity AS w WHERE w.established)", "(SELECT COUNT(*) FROM network_activity AS w WHERE w.app = 'nobody')",
]  # fmt: skip
FOREIGN = [
    "dst_port / 2 > 1", "dst_port % 2 = 1", "CAST(duration AS BIGINT) > 1", "CAST(dst_port AS VARCHAR) = '1'", "upper(app) = 'SS'", "regexp_matches(state, 'x')", "state ILIKE 'x'", "state LIKE '\\_%'",
    "state LIKE 'x!_' ESCAPE '!'", "epoch(time) > 5", "time > c.at - INTERVAL '1' MONTH", "date_trunc('week', time) = time", "date_trunc('day', CAST(time AS DATE)) = time", "list_contains(state, 'x')", "state || app = 'x'",
    "src_ip IN (SELECT dst_ip FROM network_activity)", "EXISTS (SELECT 1 FROM network_activity)", "home_made(state)", "round(duration) = 1", "state[1] = 'x'",
]  # fmt: skip


def columns_of(store):
    chosen = ", ".join(f"{example} AS x{n}" for n, example in enumerate(EXAMPLES))
    return store.query(f"SELECT {chosen} FROM network_activity AS e CROSS JOIN (SELECT TIMESTAMP '2024-02-29 01:00:00' AS at) AS c ORDER BY uid").to_pydict()


def test_every_word_means_the_same(session):
    store = Store()
    store.insert("network_activity", EVENTS)
    here, there = columns_of(store), columns_of(spark.SparkStore(session, {"network_activity": EVENTS}))
    store.close()
    assert {example: (here[f"x{n}"], there[f"x{n}"]) for n, example in enumerate(EXAMPLES) if [plain(v) for v in here[f"x{n}"]] != [plain(v) for v in there[f"x{n}"]]} == {}


def plain(value):
    """A day is the moment it begins; a sum is a number."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return value


def test_every_word_has_an_example():
    trees = [sqlglot.parse_one(example, dialect="duckdb") for example in EXAMPLES]
    assert {type(node) for tree in trees for node in tree.walk()} == set(WORDS)
    assert [text for tree in trees for text in foreign(tree)] == []


@pytest.mark.parametrize("text", FOREIGN)
def test_a_question_that_says_more_is_refused(text):
    q = next(q for q in CATALOGUE.questions.values() if q.of == "network_activity")
    assert [p for p in problems_of(replace(q, measures={**q.measures, "odd": count(text)})) if "not every store" in p]
    assert [p for p in problems_of(replace(q, evidence=text)) if "not every store" in p]


@pytest.mark.parametrize("text", ["{m} / 2 > 1", "sqrt({m}) > 1"])
def test_a_grade_that_says_more_is_refused(text):
    q = next(q for q in CATALOGUE.questions.values() if q.of == "network_activity")
    assert [p for p in problems_of(replace(q, grades={"odd": text.format(m=next(iter(q.measures)))})) if "not every store" in p]
