"""`vidocq investigate`: what it leaves behind, what it says, and how it ends."""

import gzip
import json
import shutil
import subprocess
import sys

import pytest
from alert_tables import HEADER, ROWS, write_mapping, write_table

from vidocq.operations.run import investigate


def run_of(out):
    return json.loads((out / "run.json").read_text())


def ndjson(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def alerts_of(out):
    return ndjson(out / "alerts.ndjson")


@pytest.fixture
def mapping(tmp_path):
    return write_mapping(tmp_path / "mapping.yaml")


@pytest.fixture
def table(tmp_path):
    return write_table(tmp_path / "input" / "alerts.csv")


FILES = {"run.json", "alerts.ndjson", "investigations.ndjson", "incidents.ndjson", "report.html", "ledger"}


def test_a_table_of_alerts_with_its_mapping(vidocq, tmp_path, table, mapping):
    called = vidocq("investigate", table.parent, "--out", tmp_path / "out", "--mapping", mapping)
    assert called.status == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == FILES
    assert called.out.startswith("3 events → 3 alerts → 2 investigations → 1 incident 1 raised, 0 undecided, 1 dismissed")
    [item] = run_of(tmp_path / "out")["inputs"]
    assert (item["path"], item["source"], item["events"]) == ("alerts.csv", "alert_table", 3)
    assert [(a["title"], a["severity"], a["events"]) for a in alerts_of(tmp_path / "out")] == [
        ("Malware found", 4, ["row:1"]), ("Malware found", 4, ["row:2"]), ("Port scan", 2, ["row:3"]),
    ]


@pytest.mark.parametrize("chunks", [1, 10])
def test_two_tables_in_one_run_do_not_share_their_ids(tmp_path, mapping, chunks):
    write_table(tmp_path / "input" / "a.csv", [("2024-11-01T10:00:00Z", "r9", "Printer jam", "low", "printer", "192.0.2.99", "pat")])
    write_table(tmp_path / "input" / "b.csv")
    investigate([tmp_path / "input"], tmp_path / "out", mapping=mapping, chunks=chunks)
    assert sorted((a["title"], a["events"]) for a in alerts_of(tmp_path / "out")) == [
        ("Malware found", ["b.csv:row:1"]), ("Malware found", ["b.csv:row:2"]), ("Port scan", ["b.csv:row:3"]), ("Printer jam", ["row:1"]),
    ]
    shown = {e["uid"]: e["time"][:16] for i in ndjson(tmp_path / "out" / "incidents.ndjson") for e in i["events"]}
    assert shown["b.csv:row:1"] == "2025-03-04T10:00"
    assert "row:1" not in shown


def test_tables_of_one_name_do_not_share_their_ids(vidocq, tmp_path, mapping):
    """Not those of two folders, and not those of two days in one store."""
    for n, row in enumerate(ROWS):
        write_table(tmp_path / f"{n}" / "alerts.csv", [row])
    assert vidocq("investigate", tmp_path / "0", tmp_path / "1", "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store").status == 0
    assert vidocq("investigate", tmp_path / "2", "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store").status == 0
    ids = [uid for a in alerts_of(tmp_path / "out") for uid in a["events"]]
    assert len(set(ids)) == 3
    assert {"row:1", "alerts.csv:row:1"} < set(ids)


def test_a_table_that_is_read_again_takes_no_name_from_another(vidocq, tmp_path, table, mapping):
    write_table(tmp_path / "more" / "copy.csv")
    write_table(tmp_path / "more" / "z.csv", ROWS[2:])
    for folder in ("input", "more"):
        assert vidocq("investigate", tmp_path / folder, "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store").status == 0
    assert sorted(uid for a in alerts_of(tmp_path / "out") for uid in a["events"]) == ["row:1", "row:2", "row:3", "z.csv:row:1"]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(vidocq, tmp_path, mapping, separator):
    table = write_table(tmp_path / "alerts.txt", separator=separator)
    assert vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping).status == 0
    assert len(alerts_of(tmp_path / "out")) == 3


@pytest.mark.parametrize("shape", ["lines", "array", "indented"])
def test_a_table_in_json(vidocq, tmp_path, mapping, shape):
    rows = [dict(zip(HEADER, r, strict=True)) for r in ROWS]
    text = "\n".join(map(json.dumps, rows)) if shape == "lines" else json.dumps(rows, indent=1 if shape == "indented" else None)
    (tmp_path / "alerts.json").write_text(text)
    assert vidocq("investigate", tmp_path / "alerts.json", "--out", tmp_path / "out", "--mapping", mapping).status == 0
    assert len(alerts_of(tmp_path / "out")) == 3


def test_a_log_that_holds_a_word_of_the_mapping_stays_a_log(vidocq, tmp_path, table):
    """The mapping's time column is called `time`: other logs hold that word, in keys and in values."""
    write_table(table, header=("time", *HEADER[1:]))
    eve = {"timestamp": "2025-03-04T09:00:00+0000", "flow_id": 1, "event_type": "flow", "src_ip": "192.0.2.7", "dest_ip": "198.51.100.9", "time": 1,
           "src_port": 1, "dest_port": 443, "proto": "TCP", "flow": {"bytes_toserver": 1, "bytes_toclient": 1, "start": "2025-03-04T09:00:00+0000"}}
    (table.parent / "eve.json").write_text((json.dumps(eve) + "\n") * 3)
    mapping = write_mapping(tmp_path / "mapping.yaml", time="time")
    assert vidocq("investigate", table.parent, "--out", tmp_path / "out", "--mapping", mapping).status == 0
    assert {i["path"]: i["source"] for i in run_of(tmp_path / "out")["inputs"]} == {"alerts.csv": "alert_table", "eve.json": "suricata_eve"}


def test_a_column_that_is_not_there_is_named(vidocq, tmp_path, table):
    mapping = write_mapping(tmp_path / "mapping.yaml", user="usr")
    called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping)
    assert called.status == 0
    assert "alerts.csv: it has no column 'usr', which the mapping names; it is read without" in called.err


@pytest.mark.parametrize("changes", [{"time": "whenn"}, {"title": "titel", "rule": None}])
def test_a_mapping_that_fits_no_table_is_named(vidocq, tmp_path, table, changes):
    mapping = write_mapping(tmp_path / "mapping.yaml", **changes)
    called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping)
    assert called.status == 3
    assert f"{mapping}: no input is a table with the columns it names" in called.err


BAD = {
    "time: [": "cannot be read", "": "no list of", "- a\n- b": "no list of", "time: when": "neither title nor rule", "tiem: when\ntitle: t": "unknown key 'tiem'",
    "time:\ntitle: t": "names no column", "time: when\ntitle: [a, b]": "names no column", "time: when\ntitle: t\ntime_format: epoch": "unknown time_format",
    'time: when\ntitle: "{t}"': "braces", "time: when\ntitle: 2": "digits alone", "time: when\ntitle: \udcff": "cannot be read",
}


@pytest.mark.parametrize("text", BAD)
def test_a_mapping_with_a_fault(vidocq, tmp_path, table, text):
    (tmp_path / "bad.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", tmp_path / "bad.yaml")
    assert called.status == 2
    assert "bad.yaml" in called.err
    assert BAD[text] in called.err


def test_alerts_without_words_are_investigated_too(vidocq, tmp_path, mapping):
    table = write_table(tmp_path / "alerts.csv", [("2025-03-04T10:00:00Z", "", "", "", "", "", ""), *ROWS])
    assert vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping).status == 0
    assert len(alerts_of(tmp_path / "out")) == 4


def test_a_store_used_twice_reads_nothing_twice(vidocq, tmp_path, table, mapping):
    def call(out):
        assert vidocq("investigate", table.parent, "--out", tmp_path / out, "--mapping", mapping, "--store", tmp_path / "store").status == 0
        return {i["path"]: (i["events"], i["duplicates"]) for i in run_of(tmp_path / out)["inputs"]}

    assert call("one") == {"alerts.csv": (3, 0)}
    assert call("two") == {"alerts.csv": (0, 3)}
    for name in ("alerts.ndjson", "investigations.ndjson", "incidents.ndjson"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    write_table(table.parent / "later.csv", [("2025-03-04T12:00:00Z", "r3", "Odd sign-in", "medium", "ws3", "192.0.2.8", "cy")])
    assert call("three") == {"alerts.csv": (0, 3), "later.csv": (1, 0)}
    assert len(alerts_of(tmp_path / "three")) == 4


def test_a_table_that_a_wrong_mapping_spoilt_can_be_read_with_the_right_one(vidocq, tmp_path, table, mapping):
    wrong = write_mapping(tmp_path / "wrong.yaml", time_format="epoch_s")
    called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", wrong, "--store", tmp_path / "store")
    assert called.status == 3
    assert "no time that can be read" in called.err
    assert vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store").status == 0
    assert len(alerts_of(tmp_path / "out")) == 3


def test_results_and_store_among_the_inputs_are_not_read(vidocq, tmp_path):
    """The results have the columns that this mapping names."""
    table = write_table(tmp_path / "alerts.csv", header=("time", "rule", "title", "severity", "host", "src", "user"))
    mapping = write_mapping(tmp_path / "mapping.yaml", time="time", severity="severity")
    for _ in range(2):
        assert vidocq("investigate", tmp_path, "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store").status == 0
        told = {i["path"]: i["skipped"] for i in run_of(tmp_path / "out")["inputs"]}
        assert told[table.name] is None
        assert told["out"] == told["store"] == "a folder that this run writes"
        assert set(told) == {"alerts.csv", "mapping.yaml", "out", "store"}
        assert len(alerts_of(tmp_path / "out")) == 3


def test_context_is_read(vidocq, tmp_path, table, mapping):
    (tmp_path / "context").mkdir()
    (tmp_path / "context" / "assets.csv").write_text("kind,name,owner,criticality\nhost,ws1,ann,high\n")
    (tmp_path / "context" / "notes.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping, "--context", tmp_path / "context", "--store", tmp_path / "store")
    assert called.status == 0
    assert "notes.doc" in called.err
    assert "assets.csv" not in called.err


def test_what_is_not_there_is_a_fault_of_the_call(vidocq, tmp_path, table):
    for arguments in (
        [tmp_path / "none"], [table, tmp_path / "none"], [table, "--context", tmp_path / "none"], [table, "--mapping", tmp_path / "none"], [table, "--mapping", tmp_path],
        [table, "--threads", "0"], [table, "--threads", "many"], [table, "--frob"],
    ):
        called = vidocq("investigate", *arguments, "--out", tmp_path / "out")
        assert called.status == 2, arguments
        assert called.err
    assert vidocq("investigate", table).status == 2
    assert vidocq("investigate", "--out", tmp_path / "out").status == 2
    assert vidocq("frob").status == 2


def test_results_that_cannot_be_written(vidocq, tmp_path, table, mapping):
    for out in (table, table / "below"):
        called = vidocq("investigate", table, "--out", out, "--mapping", mapping)
        assert called.status == 2
        assert str(table) in called.err


def test_a_store_that_is_none(vidocq, tmp_path, table, mapping):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "events.duckdb").write_bytes(b"nothing of the kind" * 500)
    for store in (tmp_path / "store", table):
        called = vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping, "--store", store)
        assert called.status == 4
        assert "the store does not open" in called.err


def test_nothing_to_read(vidocq, tmp_path):
    (tmp_path / "empty").mkdir()
    called = vidocq("investigate", tmp_path / "empty", "--out", tmp_path / "out")
    assert called.status == 3
    assert "no file was found" in called.err
    (tmp_path / "empty" / "nothing.log").touch()
    (tmp_path / "empty" / "README").write_text("Nothing to see here.")
    called = vidocq("investigate", tmp_path / "empty", "--out", tmp_path / "out")
    assert called.status == 3
    assert "README: skipped, no known log format" in called.err
    assert "nothing.log: skipped, the file is empty" in called.err


def test_a_packed_table_that_was_cut_short_is_read_as_far_as_it_goes(vidocq, tmp_path, table, mapping):
    rows = [(f"2025-03-04T10:{n % 60:02d}:00Z", f"r{n * 7919 % 1000}", f"Odd thing {n * 104729 % 10007}", "low", f"ws{n}", "192.0.2.7", "ann") for n in range(4000)]
    packed = gzip.compress(write_table(table, rows).read_bytes())
    table.unlink()
    (table.parent / "alerts.csv.gz").write_bytes(packed[: len(packed) // 2])
    called = vidocq("investigate", table.parent, "--out", tmp_path / "out", "--mapping", mapping)
    assert called.status == 0
    assert "cut short" in called.err
    assert 0 < len(alerts_of(tmp_path / "out")) < 4000


def test_a_reader_that_goes_away_leaves_no_trace(done):
    [incident] = [json.loads(line)["id"] for line in (done / "out" / "incidents.ndjson").read_text().splitlines()]
    shell = f"set -o pipefail; {sys.executable} -m vidocq show {incident} --out {done / 'out'} | true"
    assert "Traceback" not in subprocess.run([shutil.which("bash"), "-c", shell], capture_output=True, text=True, timeout=120, check=False).stderr


def test_the_end_says_where_to_read_on(vidocq, tmp_path, table, mapping):
    called = vidocq("investigate", table.parent, "--out", tmp_path / "out", "--mapping", mapping)
    [incident] = [json.loads(line) for line in (tmp_path / "out" / "incidents.ndjson").read_text().splitlines()]
    assert f"Report: {tmp_path / 'out' / 'report.html'} One in full: vidocq show {incident['id']} --out {tmp_path / 'out'}" in called.out
    assert "no detection looks" not in called.out


def test_the_end_counts_what_stayed_open_outside_incidents(vidocq, tmp_path):
    (tmp_path / "access.log").write_text("".join(
        f'198.51.100.7 - - [06/Jan/2025:10:00:{n:02} +0000] "GET /item?id=1+union+select+1,2,3 HTTP/1.1" 200 512 "-" "Mozilla/5.0"\n' for n in range(32)
    ))
    called = vidocq("investigate", tmp_path / "access.log", "--out", tmp_path / "out")
    assert "0 raised, 1 undecided, 0 dismissed" in called.out
    assert "1 investigation ended undecided outside incidents: worth a look, the report lists it." in called.out


def spoiled(folder, bad=2):
    """The table of alerts with lines that hold no time, the first of them full of what a terminal would obey."""
    lost = [("never", "r\x1b[2J\u202e", "t", "low", "ws", "192.0.2.7", "x"), *[(f"never {n}", "r", "t", "low", "ws", "192.0.2.7", "x") for n in range(1, bad)]]
    return write_table(folder / "input" / "alerts.csv", rows=(*ROWS, *lost))


def quarantine_of(out):
    return [json.loads(line) for line in (out / "quarantine.ndjson").read_text().splitlines()]


def test_what_could_not_be_read_is_listed_beside_the_results(vidocq, tmp_path, mapping):
    called = vidocq("investigate", spoiled(tmp_path), "--out", tmp_path / "out", "--mapping", mapping)
    assert called.status == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == FILES | {"quarantine.ndjson", "problems.txt"}
    found = quarantine_of(tmp_path / "out")
    assert [(q["file"], q["position"], q["reason"]) for q in found] == [("alerts.csv", 4, "no time that can be read"), ("alerts.csv", 5, "no time that can be read")]
    assert "never" in found[0]["excerpt"]
    written = (tmp_path / "out" / "quarantine.ndjson").read_bytes()
    assert b"\x1b" not in written
    assert "\u202e".encode() not in written


def test_a_long_quarantine_says_how_much_more_there_is(vidocq, tmp_path, mapping):
    vidocq("investigate", spoiled(tmp_path, bad=10_007), "--out", tmp_path / "out", "--mapping", mapping)
    found = quarantine_of(tmp_path / "out")
    assert len(found) == 10_001
    assert found[-1] == {"more": 7}


def test_the_quarantine_is_of_this_run(vidocq, tmp_path, mapping):
    table = spoiled(tmp_path)
    vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store")
    assert len(quarantine_of(tmp_path / "out")) == 2
    write_table(table)
    vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping, "--store", tmp_path / "store")
    assert not (tmp_path / "out" / "quarantine.ndjson").exists()


def test_the_quarantine_is_listed_though_nothing_at_all_could_be_read(vidocq, tmp_path, mapping):
    table = write_table(tmp_path / "input" / "alerts.csv", rows=[("never", *ROWS[0][1:])])
    assert vidocq("investigate", table, "--out", tmp_path / "out", "--mapping", mapping).status != 0
    assert [q["position"] for q in quarantine_of(tmp_path / "out")] == [1]


def test_the_end_names_a_format_that_nothing_looks_at(vidocq, tmp_path):
    (tmp_path / "kern.log").write_text("Jan  6 10:00:00 box kernel: eth0: link up\nJan  6 10:00:01 box kernel: eth0: link down\n")
    called = vidocq("investigate", tmp_path / "kern.log", "--out", tmp_path / "out")
    assert "syslog: 2 events read; no detection looks at them" in called.out
