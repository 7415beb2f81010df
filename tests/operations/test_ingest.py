"""Many files at once: each is counted for itself, and what is stored depends neither on how they are gathered nor on where one ends."""

import json

import pytest

from vidocq.catalogue import Catalogue
from vidocq.model.event import CLASSES
from vidocq.model.source import Layout, Map, Source
from vidocq.operations import ingest as reading
from vidocq.operations.ingest import ingest
from vidocq.store.duckdb import Store

COLUMNS = {"time": "TRY_CAST({when} AS TIMESTAMP)", "uid": "{id}", "message": "{text}"}


KINDS = (Map("base_event", columns={**COLUMNS, "type": "'lines'"}, when="{when} IS NOT NULL"),)


def lines(recognise=lambda head: Layout("json") if '"when"' in head.text else None, maps=KINDS, **more):
    return Source(id="lines", title="", flat=True, recognise=recognise, maps=maps, **more)


def cells(**more):
    return Source(
        id="cells", title="", flat=True, recognise=lambda head: Layout("delimited", separator="|", header="when|", variant="v") if head.text.startswith("when|") else None,
        maps=(Map("base_event", columns={**COLUMNS, "type": "variant"}),), **more,
    )


def only(*sources):
    return Catalogue(sources={s.id: s for s in sources}, detections={}, questions={}, hypotheses={}, phrases={})


def record(n, **more):
    return {"when": f"2024-03-05T08:{n // 60 % 60:02d}:{n % 60:02d}", "id": f"r{n}", **more}


def write(folder, name, *rows):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")


def read(folder, *sources, store=None, **how):
    store = store or Store()
    reports = list(ingest(store, only(*sources), [folder], **how))
    for r in reports:
        assert r.skipped or r.read == r.events + r.duplicates + r.rejected, r
    return store, {r.path: (r.events, r.duplicates, r.rejected) for r in reports}


def stored(store):
    tables = (*CLASSES, "quarantine", "seen", "raw_record", "delivery")
    return {t: rows for t in tables if (rows := sorted(map(str, store.rows(f'SELECT * FROM "{t}"'))))}


@pytest.fixture
def mixed(tmp_path):
    """Small files of two kinds in turn, with broken records, repeated ids and repeated files among them."""
    folder = tmp_path / "logs"
    for n in range(0, 30, 3):
        write(folder, f"{n:02d}.a", record(n), "junk", record(n + 1), record(max(0, n - 2), text="again"))
        write(folder, f"{n:02d}.b", "when|id|text", f"2024-03-05T09:00:{n:02d}|c{n}|x", "2024-03-05T09:00:00|short", f"no time|c{n}|y")
        write(folder, f"{n:02d}.c", "when|text|id", f"2024-03-05T10:00:{n:02d}|z|d{n}")
    write(folder, "99.a", record(0), "junk", record(1), record(0, text="again"))
    return folder


def test_every_file_is_counted_for_itself(mixed):
    _, told = read(mixed, lines(unique=True), cells())
    assert told["00.a"] == (2, 1, 1)
    assert told["03.a"] == (2, 1, 1)
    assert told["06.b"] == (1, 0, 2)
    assert told["06.c"] == (1, 0, 0)
    assert told["99.a"] == (0, 4, 0)


def test_quarantine_names_the_file_and_the_place_in_it(mixed):
    store, _ = read(mixed, lines(unique=True), cells())
    found = {(r["path"], r["position"]): r["reason"] for r in store.rows("SELECT * FROM quarantine")}
    assert len(found) == 30
    assert found["27.a", 2] == "not valid JSON"
    assert found["27.b", 3] == "2 columns where the header names 3"
    assert found["27.b", 4] == "no time that can be read"


@pytest.mark.parametrize("chunks", [1, 10, 100])
@pytest.mark.parametrize("lot", [1, 7, 10_000])
@pytest.mark.parametrize("held", [1, 5, 10_000])
def test_how_files_are_gathered_changes_nothing(mixed, monkeypatch, chunks, lot, held):
    whole, told = read(mixed, lines(unique=True), cells(), keep_raw=True)
    monkeypatch.setattr(reading, "LOT", lot)
    monkeypatch.setattr("vidocq.operations.storing.BATCH", held)
    parts, others = read(mixed, lines(unique=True), cells(), keep_raw=True, chunks=chunks)
    assert others == told
    assert stored(parts) == stored(whole)


def test_of_two_records_with_one_id_the_first_is_kept_whatever_stands_between(tmp_path):
    folder = tmp_path / "logs"
    write(folder, "1", {"other": 1, **record(2)})
    write(folder, "2", record(1, text="first"))
    write(folder, "3", {"other": 1, **record(1, text="second")})
    one = lines(unique=True, recognise=lambda head: Layout("json", variant="other" if "other" in head.text else "plain"))
    store, told = read(folder, one)
    assert told == {"1": (1, 0, 0), "2": (1, 0, 0), "3": (0, 1, 0)}
    assert [r["message"] for r in store.rows("SELECT message FROM base_event WHERE uid = 'r1'")] == ["first"]


def test_a_record_that_breaks_a_statement_costs_one_record_of_its_file(tmp_path):
    folder = tmp_path / "logs"
    for n in range(8):
        write(folder, f"{n}", record(n, count="7"), record(n + 100, count="x" if n == 5 else "8"))
    strict = lines(maps=(Map("base_event", columns={**COLUMNS, "message": "CAST(CAST({count} AS INTEGER) AS VARCHAR)"}),))
    store, told = read(folder, strict)
    assert {path for path, counts in told.items() if counts != (2, 0, 0)} == {"5"}
    assert told["5"] == (1, 0, 1)
    assert store.rows("SELECT path, position FROM quarantine") == [{"path": "5", "position": 2}]


def test_files_are_stored_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "logs"
    for n in range(6):
        write(folder, f"{n}", record(n), record(n + 100))

    def rows(record):
        if record["id"] == "r104":
            raise KeyboardInterrupt
        yield "base_event", {"time": record["when"], "uid": record["id"]}

    store = Store()
    with pytest.raises(KeyboardInterrupt):
        read(folder, lines(maps=(), rows=rows), store=store)
    assert stored(store) == {}
    _, told = read(folder, lines(), store=store)
    assert set(told.values()) == {(2, 0, 0)}
    assert len(told) == 6


def test_what_was_written_is_kept_once_for_each_event(tmp_path):
    folder = tmp_path / "logs"
    write(folder, "1", record(1), record(2), "junk")
    write(folder, "2", record(2, text="again"), record(3))
    store, _ = read(folder, lines(unique=True), keep_raw=True)
    kept = {r["uid"]: json.loads(r["raw"]) for r in store.rows("SELECT uid, raw FROM raw_record")}
    assert kept == {f"r{n}": record(n) for n in (1, 2, 3)}
    assert store.count("raw_record") == 3


def test_a_term_is_a_value_that_columns_and_later_terms_share(tmp_path):
    folder = tmp_path / "logs"
    write(folder, "1", record(1, text="Ab"), record(2))
    made = Map("base_event", columns={**COLUMNS, "message": "{twice}", "type": "{low}", "host": "{twice} || {text}"})
    store, _ = read(folder, lines(terms={"low": "lower({text})", "unused": "CAST({text} AS INTEGER)", "twice": "{low} || {low}"}, maps=(made,)))
    assert store.rows("SELECT message, type, host FROM base_event ORDER BY uid") == [
        {"message": "abab", "type": "ab", "host": "ababAb"}, {"message": None, "type": None, "host": None},
    ]


@pytest.mark.parametrize("text", ["a\rb", "ä", 'q"uote', "", "-", "x" * 300_000])
def test_cells_without_quotes_hold_what_is_written(tmp_path, text):
    folder = tmp_path / "logs"
    write(folder, "1", "when|id|text", f"2024-03-05T09:00:00|c1|{text}", "2024-03-05T09:00:00|c2|end")
    store, told = read(folder, cells())
    assert told == {"1": (2, 0, 0)}
    assert {r["uid"]: r["message"] for r in store.rows("SELECT uid, message FROM base_event")} == {"c1": None if text in ("", "-") else text, "c2": "end"}


@pytest.mark.parametrize("lot", [1, 100])
def test_a_copy_of_what_nobody_understood_is_no_duplicate(tmp_path, monkeypatch, lot):
    monkeypatch.setattr(reading, "LOT", lot)
    for name in ("a.log", "b.log"):
        write(tmp_path / "logs", name, record(1, when="yesterday", text="what it says"))
    store, found = read(tmp_path / "logs", lines())
    assert found == {"a.log": (0, 0, 1), "b.log": (0, 0, 1)}
    assert all("what it says" in r["excerpt"] for r in store.rows("SELECT excerpt FROM quarantine"))
