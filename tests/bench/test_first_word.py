"""How soon there is a word about an attack: never before it begins, and no later than a cut allows."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import first_word


def test_the_first_cut_with_an_incident_is_found(tmp_path):
    made = first_word.first_word(tmp_path, "ssh-guessing", 3, 1, 12, ("network",), ladder=(5, 60, 240))
    assert made.minutes is not None
    assert 5 <= made.minutes <= 24 * 60
    whole = first_word.lines(tmp_path / "out" / "incidents.ndjson")
    assert isinstance(whole, list)


def test_a_cut_holds_nothing_that_comes_later(tmp_path):
    made = first_word.plan(3, 1, ["ssh-guessing"], ("network",), 12)
    days = list(made.by_day())
    middle = days[0][len(days[0]) // 2].at
    first_word.written(made, days, middle, tmp_path)
    from vidocq.catalogue import load
    from vidocq.operations.ingest import ingest
    from vidocq.store.duckdb import Store

    store = Store()
    list(ingest(store, load(), [tmp_path / "input"]))
    [row] = store.rows("SELECT MAX(EPOCH(time)) AS last, COUNT(*) AS n FROM network_activity")
    assert row["n"] > 0
    assert row["last"] <= middle


def test_the_table_gives_the_median_and_says_where_nothing_was_heard():
    words = [first_word.Word("a", 1, 10, 60), first_word.Word("a", 2, 30, 60), first_word.Word("a", 3, None, 90), first_word.Word("b", 1, None, 5)]
    assert first_word.table(words)[2:] == ["| `a` | 2/3 | 20 | 10, 30 | 60 |", "| `b` | 0/1 | – | – | 5 |"]
