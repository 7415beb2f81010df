"""Binary event logs: whole, damaged, cut short, and where nothing is installed that reads them."""

import sys

import pytest
from made_evtx import CHUNK, chunk, log

from vidocq.catalogue import load
from vidocq.operations.ingest import ingest
from vidocq.store.duckdb import Store

CATALOGUE = load()
SYSTEM = {"Provider": "Microsoft-Windows-Security-Auditing", "EventID": "4689", "TimeCreated": "2024-03-06T09:17:00.500000Z", "Channel": "Security", "Computer": "WS02.example.com"}


def ended(number, program=r"C:\a.exe"):
    return {"System": SYSTEM | {"EventRecordID": str(number)}, "EventData": {"ProcessId": "0x10", "ProcessName": program}}


def read(tmp_path, data, name="Security.evtx"):
    (tmp_path / name).write_bytes(data)
    store = Store()
    [report] = ingest(store, CATALOGUE, [tmp_path])
    rows = store.rows("SELECT * FROM process_activity ORDER BY uid")
    refused = [r["reason"] for r in store.rows("SELECT reason FROM quarantine ORDER BY position")]
    store.close()
    assert report.skipped or report.read == report.events + report.duplicates + report.rejected
    return report, rows, refused


def test_its_events_are_those_of_the_same_log_as_json(tmp_path):
    report, rows, refused = read(tmp_path, log(chunk(ended(1), ended(2, r"C:\b.exe"))))
    assert report.source == "windows_event"
    assert [(r["host"], r["process"], r["pid"], r["operation"], r["uid"]) for r in rows] == [
        ("ws02.example.com", r"C:\a.exe", 16, "exit", "WS02.example.com/Security/1"), ("ws02.example.com", r"C:\b.exe", 16, "exit", "WS02.example.com/Security/2")]
    assert not refused


def test_a_damaged_chunk_costs_no_other_chunk_its_events(tmp_path):
    report, rows, refused = read(tmp_path, log(chunk(ended(1)), b"ElfChnk\0" + b"\xff" * (CHUNK - 8), chunk(ended(2))))
    assert [r["uid"][-1] for r in rows] == ["1", "2"]
    assert report.rejected == len(refused) == 1
    assert "damaged part of the log" in refused[0]


def test_a_log_that_was_never_closed_is_read_to_its_last_chunk(tmp_path):
    """The service writes chunks first and the head of the file later: a copy of a running machine's log is dirty, and its head knows of the first chunk only."""
    whole = bytearray(log(chunk(ended(1)), chunk(ended(2)), chunk(ended(3))))
    whole[16:24] = bytes(8)
    whole[42:44] = (1).to_bytes(2, "little")
    whole[120:124] = (1).to_bytes(4, "little")
    report, rows, refused = read(tmp_path, bytes(whole))
    assert [r["uid"][-1] for r in rows] == ["1", "2", "3"]
    assert not refused
    assert not report.skipped


def test_a_chunk_whose_sum_is_not_up_to_date_loses_nothing_unsaid(tmp_path):
    dirty = bytearray(chunk(ended(1), ended(2)))
    dirty[52:56] = b"\xff" * 4
    _, rows, refused = read(tmp_path, log(bytes(dirty), chunk(ended(3))))
    assert "3" in {r["uid"][-1] for r in rows}
    assert len(rows) == 3 or refused


def test_a_damaged_record_costs_no_other_record(tmp_path):
    good = chunk(ended(1), ended(2), ended(3))
    second = good.index(b"\x2a\x2a\0\0", good.index(b"\x2a\x2a\0\0") + 4)
    bad = good[: second + 40] + b"\xff" * 8 + good[second + 48 :]
    _, rows, refused = read(tmp_path, log(bad))
    assert {"1", "3"} <= {r["uid"][-1] for r in rows}
    assert len(refused) == 1


def test_a_log_that_was_cut_short_says_so(tmp_path):
    _, rows, refused = read(tmp_path, log(chunk(ended(1)), chunk(ended(2)))[: -CHUNK // 2])
    assert [r["uid"][-1] for r in rows][:1] == ["1"]
    assert any("cut short" in reason for reason in refused)


@pytest.mark.parametrize("data", [b"ElfFile\0", b"ElfFile\0" + b"x" * 5000], ids=["the mark alone", "rubbish"])
def test_what_only_begins_like_one_is_refused_with_a_reason(tmp_path, data):
    report, rows, refused = read(tmp_path, data)
    assert report.rejected == 1
    assert not rows
    assert "no binary event log" in refused[0]


def test_without_the_package_it_is_refused_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "evtx", None)
    report, rows, refused = read(tmp_path, log(chunk(ended(1))))
    assert not rows
    assert report.rejected == 1
    assert "`evtx`" in refused[0]
