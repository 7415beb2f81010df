"""The law of reading, read = kept + duplicate + quarantined, whatever a disk, a network or an attacker makes of a file."""

import bz2
import gzip
import io
import itertools
import json
import lzma
import os
import zipfile

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.catalogue import Catalogue, load
from vidocq.model.event import CLASSES
from vidocq.model.source import Layout, Map, Source
from vidocq.operations.ingest import ingest
from vidocq.operations.reading import documents, files, lines
from vidocq.operations.reading.events import as_arrow
from vidocq.operations.reading.records import records
from vidocq.operations.reading.tables import csv_rows
from vidocq.store.duckdb import Store

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PURE = settings(max_examples=150, deadline=None)

TIME = "TRY_CAST({when} AS TIMESTAMP)"
COLUMNS = {"time": TIME, "uid": "{id}", "src_ip": "{ip}", "message": "{text}"}
PLAIN = Source(
    id="plain", title="Made for these tests", flat=True,
    recognise=lambda head: Layout("json", within=("items", "detail.items")) if '"when"' in head.text else None,
    maps=(Map("base_event", columns={**COLUMNS, "type": "'plain'"}, when="{when} IS NOT NULL"),),
)
CELLS = Source(
    id="cells", title="Made for these tests", flat=True,
    recognise=lambda head: Layout("csv", separator=",") if head.text.startswith("when,") else None,
    maps=(Map("base_event", columns={**COLUMNS, "type": "'cells'"}),),
)


def only(*sources):
    return Catalogue(sources={s.id: s for s in sources}, detections={}, questions={}, hypotheses={}, phrases={})


MADE = only(PLAIN, CELLS)
REAL = load()


def read(path, catalogue=MADE, chunks=1, store=None):
    """What became of the files below a path; the law holds for each."""
    store = store or Store()
    reports = list(ingest(store, catalogue, [path], chunks=chunks))
    for r in reports:
        assert r.skipped or r.read == r.events + r.duplicates + r.rejected, r
        assert (r.source is None) == (r.skipped is not None)
    assert sum(store.count(t) for t in CLASSES) >= sum(r.events for r in reports)
    assert store.count("quarantine") == sum(r.rejected for r in reports)
    return store, reports


def one(tmp_path, data, name="a.log", **how):
    path = tmp_path / name
    path.write_bytes(data)
    store, [report] = read(path, **how)
    return store, report


def record(n=0, **more):
    return {"when": f"2024-03-05T08:00:{n % 60:02d}", "id": f"r{n}", **more}


def jsonl(rows):
    return b"".join(json.dumps(r).encode() + b"\n" for r in rows)


def stored(store):
    return sorted(map(str, store.rows("SELECT * EXCLUDE (source) FROM base_event")))


# Packing


PACK = {
    "gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress, "zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


@pytest.mark.parametrize("kind", PACK)
def test_packed_is_read_as_plain(tmp_path, kind):
    data = jsonl(record(n) for n in range(200))
    _, plain = one(tmp_path, data)
    _, packed = one(tmp_path, PACK[kind](data), f"a.log.{kind}")
    assert (packed.events, packed.rejected) == (plain.events, 0) == (200, 0)


@pytest.mark.parametrize("kind", PACK)
@QUICK
@given(st.floats(0.05, 0.98))
def test_what_a_cut_archive_still_holds_is_read_and_its_loss_is_told(tmp_path, kind, share):
    data = PACK[kind](jsonl(record(n, text=os.urandom(40).hex()) for n in range(3000)))
    _, r = one(tmp_path, data[: int(len(data) * share)], f"a.log.{kind}")
    assert r.skipped or r.rejected >= 1
    assert r.events < 3000
    assert r.skipped or "cut short" in "".join(r.problems)
    # The blocks of the others are large: before one is whole there is nothing in it to read.
    assert kind != "gz" or r.events > 3000 * (share - 0.15)


def test_garbage_behind_an_archive_does_not_spoil_it(tmp_path):
    _, r = one(tmp_path, gzip.compress(jsonl(record(n) for n in range(50))) + b"garbage", "a.gz")
    assert r.events == 50
    assert r.rejected == 1


def test_two_members_of_an_archive_are_one_file(tmp_path):
    for kind, pack in PACK.items():
        _, r = one(tmp_path, pack(jsonl([record(1)])) + pack(jsonl([record(2)])), f"a.{kind}")
        assert r.events == 2, kind


def test_a_folder_of_logs_in_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.dat", "w") as z:
        z.writestr("x/one.log", jsonl([record(1)]))
        z.writestr("x/two.log.gz", gzip.compress(jsonl([record(2), record(3)])))
        z.writestr("x/readme.txt", "nothing to see")
    _, reports = read(tmp_path)
    assert {r.path: r.events for r in reports} == {"a.dat!x/one.log": 1, "a.dat!x/two.log.gz": 2, "a.dat!x/readme.txt": 0}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_read_each(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as z:
        for n in range(3):
            z.writestr("one.log", jsonl([record(n)]))
    store, reports = read(tmp_path)
    assert [(r.path, r.events) for r in reports] == [("a.zip!one.log", 1)] * 3
    assert [r["uid"] for r in store.rows("SELECT uid FROM base_event ORDER BY uid")] == ["r0", "r1", "r2"]
    assert [r.duplicates for r in read(tmp_path, store=store)[1]] == [1, 1, 1]


@QUICK
@given(st.data())
def test_a_damaged_zip_is_no_crash(tmp_path, data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("one.log", jsonl(record(n) for n in range(50)))
    spoilt = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "a.zip").write_bytes(bytes(spoilt)[: data.draw(st.integers(10, len(spoilt)))])
    read(tmp_path)


# Documents


@QUICK
@given(st.integers(0, 400), st.booleans(), st.sampled_from(["", "items"]), st.sampled_from([None, 1]))
def test_half_an_array_is_read_up_to_the_cut(tmp_path, cut, crlf, key, indent):
    rows = [record(n, text="x}{,][", nested={"when": [{"a": 1}, {"b": "]"}]}) for n in range(5)]
    text = json.dumps({key: rows, "after": 1} if key else rows, indent=indent)
    data = (text.replace("\n", "\r\n") if crlf else text).encode()
    whole = one(tmp_path, data)[1]
    half = one(tmp_path, data[: max(0, len(data) - cut)])[1]
    assert whole.events == 5
    assert whole.rejected == 0
    assert half.skipped or half.events <= 5
    if cut < 100:
        assert half.events >= 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["\x00", "\ud800", "1e999", "9999-12-31", "-"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@QUICK
@given(st.lists(st.dictionaries(st.sampled_from(["when", "id", "ip", "text", "\x00", "items"]), JSON, max_size=5) | JSON, max_size=12), st.booleans())
def test_wrong_types_in_known_fields(tmp_path, rows, array):
    data = json.dumps(rows).encode() if array else jsonl(rows)
    one(tmp_path, b'{"when": "2024-03-05T08:00:00"}\n' + data)


@PURE
@given(st.lists(st.binary(max_size=60), max_size=10), st.sampled_from([(), ("Records",), ("detail.items",)]))
def test_any_bytes_are_cut_into_pieces_with_positions_of_their_own(pieces, within):
    for form in ("json", "lines", "csv", "delimited"):
        layout = Layout(form, within=within, fields=("a", "b") if form == "delimited" else ())
        places = [p for batch in records(iter(pieces), layout) for p in batch.position]
        assert len(set(places)) == len(places)
        assert all(p >= 1 for p in places)


@PURE
@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=4))
def test_where_the_chunks_are_cut_changes_nothing(data, cuts):
    at = sorted({0, len(data), *(min(c, len(data)) for c in cuts)})
    chunks = [data[a:b] for a, b in itertools.pairwise(at)]
    assert list(lines.lines(chunks)) == list(lines.lines([data]))
    for form in ("json", "csv"):
        cut, whole = (list(records(iter(c), Layout(form, within=("items",)))) for c in (chunks, [data]))
        assert [b.raw for b in cut] == [b.raw for b in whole]


@PURE
@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=5), min_size=1, max_size=3), min_size=1, max_size=20), st.integers(1, 60), st.sampled_from([None, 2]))
def test_a_document_piece_by_piece_is_the_document(rows, size, indent):
    data = json.dumps({"items": rows}, indent=indent).encode()
    chunks = iter([data[i : i + size] for i in range(0, len(data), size)])
    found = [json.loads(raw) for _, raw, why in documents._scan(chunks, documents.Envelope(("items",))) if not why]
    assert found == rows


def test_a_long_document_is_not_held_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "WHOLE", 1000)
    _, r = one(tmp_path, json.dumps({"items": [record(n) for n in range(500)]}).encode())
    assert (r.events, r.rejected) == (500, 0)


def test_arrays_line_by_line_and_in_envelopes(tmp_path):
    data = jsonl([{"detail": {"items": [record(1), record(2)]}}, record(3), {"items": []}, {"items": [record(4)]}, record(5, items=[]), record(6, items=[{"a": 1}])])
    _, r = one(tmp_path, data)
    assert (r.events, r.rejected) == (6, 0)


OCSF = {"class_uid": 2004, "metadata": {"version": "1.1.0"}, "time": 1741082400000, "severity_id": 4}


def finding(n, **more):
    return {**OCSF, "metadata": {"uid": f"u{n}", "version": "1.1.0"}, "finding_info": {"title": f"Found {n}", "uid": f"f{n}"}, **more}


def found(store):
    return [r["title"] for r in store.rows("SELECT title FROM detection_finding ORDER BY title")]


@pytest.mark.parametrize("inner", [[], [{"a": 1}], [{"when": "x"}, {"class_uid": 1}]])
@pytest.mark.parametrize("shape", ["lines", "array", "single", "objects"])
def test_a_record_that_has_a_list_of_the_name_of_an_envelope_is_a_record(tmp_path, inner, shape):
    rows = [finding(0, events=inner), finding(1), finding(2, events=inner)][: 1 if shape == "single" else 3]
    data = {"lines": jsonl(rows), "array": json.dumps(rows).encode()}.get(shape) or b"\n".join(json.dumps(r, indent=1).encode() for r in rows)
    store, r = one(tmp_path, data, catalogue=REAL)
    assert (r.read, r.events) == (len(rows), len(rows))
    assert found(store) == [f"Found {n}" for n in range(len(rows))]


@pytest.mark.parametrize("key", ["Records", "events"])
def test_envelopes_with_more_than_their_list(tmp_path, key):
    told = [{"next": "t", key: [finding(0), finding(1)]}, {key: [finding(2)], "count": 1, "from": {"region": "x"}}, {key: []}]
    _, r = one(tmp_path, jsonl(told), catalogue=REAL)
    assert (r.read, r.events) == (3, 3)


@pytest.mark.parametrize("cut", [3, 40, 400])
def test_what_stands_before_a_list_within_a_record_is_not_skipped(tmp_path, cut):
    rows = [finding(n, **({"unmapped": {"events": [{"a": n}]}} if n == 4 else {})) for n in range(8)]
    store, r = one(tmp_path, json.dumps(rows).encode()[:-cut], catalogue=REAL)
    assert found(store)[:5] == [f"Found {n}" for n in range(5)]
    assert r.rejected == 1


def test_a_cut_document_begins_at_the_array_of_its_envelope_only(tmp_path):
    rows = [finding(n) for n in range(3)]
    for outer in ({"next": {"events": [1]}, "Records": rows}, {"note": '"events":[{', "events": rows}):
        store, r = one(tmp_path, json.dumps(outer).encode()[:-20], catalogue=REAL)
        assert (found(store), r.rejected) == (["Found 0", "Found 1"], 1), outer


def test_a_cut_record_is_no_envelope(tmp_path):
    data = b"\n".join(json.dumps(finding(n, events=[{"a": 1}, {"b": 2}]), indent=1).encode() for n in range(3))
    store, r = one(tmp_path, data[:-30], catalogue=REAL)
    assert found(store) == ["Found 0", "Found 1"]
    assert r.rejected >= 1


def test_one_damaged_record_costs_one_record(tmp_path):
    rows = [json.dumps(record(n, nested=[{"a": {}}, {"b": {}}])) for n in range(10)]
    rows[4] = rows[4].replace('"a"', '"a')
    _, r = one(tmp_path, ("[" + ",\n ".join(rows) + "]").encode())
    assert (r.events, r.rejected) == (9, 1)


@pytest.mark.parametrize("text", ["\ud800", "\udfff\ud800", "a\ud83dz", "\U0001f600"])
def test_half_a_character_hides_nothing(tmp_path, text):
    store, r = one(tmp_path, jsonl([record(1, text=text), record(2, text=text + "\\ud800")]))
    assert (r.events, r.rejected) == (2, 0)
    told = {e["uid"]: e["message"] for e in store.rows("SELECT uid, message FROM base_event")}
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert told == {"r1": shown, "r2": shown + "\\ud800"}


@pytest.mark.parametrize("half", ["\\\\ud800", "\\\\uDFFF\\\\ud83d"])
def test_half_a_character_in_json_within_json_breaks_no_statement(tmp_path, half):
    inner = '[{"Type": "process", "CommandLine": "evil HALF"}]'.replace("HALF", half.replace("\\\\", "\\"))
    told = [{"SystemAlertId": "a", "ProviderName": "x", "TimeGenerated": "2024-03-05T08:00:00Z", "Description": half, "Entities": inner, "Techniques": inner}]
    store, r = one(tmp_path, jsonl(told), catalogue=REAL)
    assert (r.events, r.rejected) == (1, 0)
    [found] = store.rows("SELECT json_extract_string(entities, '$[0].name') AS name, techniques FROM detection_finding")
    assert found["name"].startswith("evil \ufffd")
    assert "\ufffd" in found["techniques"]


def test_half_a_character_in_nested_fields_of_other_formats(tmp_path):
    call = {"class_uid": 6003, "metadata": {"uid": "m1"}, "time": 1709625600000, "api": {"operation": "PutObject", "request": {"data": '{"bucketName": "b\\ud800"}'}}}
    store, r = one(tmp_path, jsonl([call]), catalogue=REAL)
    assert (r.events, store.rows("SELECT resource FROM api_activity")) == (1, [{"resource": "b\ufffd"}])
    event = {"TimeGenerated": "2024-03-05T08:00:00Z", "Channel": "System", "Computer": "h", "EventID": 1, "EventRecordId": "1", "EventData": '{"Note": "n\\udfff"}'}
    store, r = one(tmp_path, jsonl([event]), catalogue=REAL)
    assert r.events == 1
    assert "n\ufffd" in store.rows("SELECT message FROM base_event")[0]["message"]


@pytest.mark.parametrize("given, kept", [
    ("a\ud800", "a\ufffd"), ("\udfff{", "\ufffd{"), ("\ud83d\ude00", "\U0001f600"), ('["\\ud800"]', '["\\ufffd"]'), ({"a": ["\ud800"]}, '{"a": ["\\ufffd"]}'),
    ("[char] \\ud800", "[char] \\ud800"), ('["\\\\ud800"]', '["\\\\ud800"]'),
])  # fmt: skip
def test_no_half_of_a_character_gets_into_a_column(given, kept):
    assert as_arrow("base_event", [{"n": 0, "message": given}])["message"].to_pylist() == [kept]


def test_depth_does_not_break_the_stack(tmp_path):
    for deep in ('{"when": ' + "[" * 100_000, '{"when": "x", "a": ' + '{"a":' * 50_000 + "1" + "}" * 50_001, "[" * 100_000):
        one(tmp_path, b'{"when": "2024-03-05T08:00:00"}\n' + deep.encode() + b"\n")
        one(tmp_path, deep.encode() + b'\n{"when": "2024-03-05T08:00:00"}\n')


# Lines


@QUICK
@given(st.lists(st.sampled_from([b"\x00", b"\x00\x00\x00", b"\xff\xfe", b"\xe4\xf6\xfc", b"\x1a", b"\xed\xa0\x80", b"\xf0\x9f\x92", b'"', b"{"]), max_size=6))
def test_strange_bytes_spoil_their_own_line_only(tmp_path, strange):
    good = jsonl(record(n) for n in range(5))
    _, r = one(tmp_path, good + b"".join(s + b"\n" for s in strange) + good)
    assert r.events == 10


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_and_line_ends_change_nothing(tmp_path, encoding, end):
    text = "".join(json.dumps(record(n, text="grün €"), ensure_ascii=False) + end for n in range(20))
    store, r = one(tmp_path, text.encode(encoding))
    assert (r.events, r.rejected) == (20, 0)
    assert store.rows("SELECT DISTINCT message FROM base_event") == [{"message": "grün €"}]


def test_lines_of_latin_1_are_kept_with_what_can_be_read(tmp_path):
    data = "".join(json.dumps(record(n, text="grün"), ensure_ascii=False) + "\n" for n in range(20)).encode("latin-1")
    store, r = one(tmp_path, data)
    assert (r.events, r.rejected) == (20, 0)
    assert store.rows("SELECT DISTINCT message FROM base_event") == [{"message": "gr\ufffdn"}]


def test_zeros_in_every_place(tmp_path):
    data = json.dumps(record(1, text="a\x00b", ip="\x00")).encode() + b"\n" + b"\x00" * 100 + b"\n" + jsonl([record(2)])
    store, r = one(tmp_path, data)
    assert (r.events, r.rejected) == (2, 1)
    assert len(stored(store)) == 2


def test_a_record_behind_a_run_of_zeros_is_read(tmp_path):
    """A log that is cut to nothing while its writer goes on begins with as many zeros as were cut."""
    _, r = one(tmp_path, b"\x00" * 3000 + jsonl([record(1)]) + b"\x00" * 10_000 + jsonl([record(2)]))
    assert r.events == 2


def test_a_line_without_end_is_counted_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 10_000)
    monkeypatch.setattr(files, "CHUNK", 1000)
    for long in (b"x" * 50_000, json.dumps(record(9, text="y" * 50_000)).encode()):
        _, r = one(tmp_path, jsonl([record(1)]) + long + b"\n" + jsonl([record(2)]))
        assert (r.events, r.rejected) == (2, 1)
    assert "50000 bytes" in "".join(one(tmp_path, jsonl([record(1)]) + b"x" * 50_000)[1].problems)


def test_a_long_record_in_a_document(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 10_000)
    _, r = one(tmp_path, json.dumps([record(1), record(2, text="y" * 50_000), record(3)]).encode())
    assert (r.events, r.rejected) == (2, 1)


# Tables


@QUICK
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12), min_size=1, max_size=8))
def test_quoted_cells_may_hold_anything(tmp_path, texts):
    body = "".join(f'2024-03-05T08:00:00,{n},192.0.2.1,"{t.replace(chr(34), chr(34) * 2)}"\n' for n, t in enumerate(texts))
    store, r = one(tmp_path, ("when,id,ip,text\n" + body).encode())
    assert (r.events, r.rejected) == (len(texts), 0)
    kept = {e["uid"]: e["message"] for e in store.rows("SELECT uid, message FROM base_event")}
    assert kept == {str(n): None if t in ("", "-", "(empty)") else t for n, t in enumerate(texts)}


def test_a_quote_that_never_closes_costs_one_row(tmp_path):
    good = b"2024-03-05T08:00:00,1,192.0.2.1,x\n"
    _, r = one(tmp_path, b"when,id,ip,text\n" + good * 300 + b'2024-03-05T08:00:00,2,192.0.2.1,"open\n' + good * 900)
    assert r.events >= 1200
    assert r.read == 1201


def table(rows):
    return b"when,id,ip,text\n" + b"".join(b"2024-03-05T08:00:00,%d,192.0.2.1,%b\n" % row for row in enumerate(rows))


def test_a_quote_within_a_plain_cell_is_a_sign_like_others(tmp_path):
    told = [b'low 5" disk', b"credentials dumped", b"beacon", b'low 5" disk', b'"quoted, 3"" disk"', b'a ""b', b'x" ""', b"good"]
    store, r = one(tmp_path, table(told))
    assert (r.read, r.events, r.rejected) == (8, 8, 0)
    kept = [e["message"] for e in store.rows("SELECT message FROM base_event ORDER BY CAST(uid AS INTEGER)")]
    assert kept == ['low 5" disk', "credentials dumped", "beacon", 'low 5" disk', 'quoted, 3" disk', 'a ""b', 'x" ""', "good"]


@pytest.mark.parametrize("stray", [b'"open', b'"open,', b'5", "x"', b'"a" b "c', b'x,"', b'""",'])
def test_a_stray_quote_takes_no_other_record_with_it(tmp_path, stray):
    others = [b"other%d" % n for n in range(4)]
    store, r = one(tmp_path, table([stray, *others[:2], stray, *others[2:], b'"closed"', b'disk 5"']))
    kept = " ".join(e["message"] for e in store.rows("SELECT message FROM base_event"))
    refused = " ".join(e["excerpt"] for e in store.rows("SELECT excerpt FROM quarantine"))
    assert all(text.decode() in kept + refused for text in others)
    assert r.events + r.rejected >= 6


def test_a_plain_cell_with_a_quote_before_one_that_runs_over_lines(tmp_path):
    store, r = one(tmp_path, b'when,id,ip,text\n2024-03-05T08:00:00,5" disk,192.0.2.1,"two\nlines ""of"" it"\n2024-03-05T08:00:00,2,192.0.2.1,next\n')
    assert (r.read, r.events) == (2, 2)
    assert {e["message"] for e in store.rows("SELECT message FROM base_event")} == {'two\nlines "of" it', "next"}


@PURE
@given(st.lists(st.text(st.sampled_from('a", \n\r'), max_size=8), min_size=1, max_size=8), st.sampled_from([",", ";", "\u00a7"]))
def test_no_line_of_a_table_is_lost(cells, separator):
    data = "".join(f"{n}{separator}{cell}\n" for n, cell in enumerate(cells)).encode()
    rows = list(csv_rows(iter([data]), separator, 2))
    taken = b"\n".join(written for _, _, written, _ in rows).split(b"\n")
    assert [line for line in taken if line.strip()] == [line.rstrip(b"\r") for line in data.split(b"\n") if line.strip()]
    assert all(len(found) == 2 for _, found, written, _ in rows if b"\n" in written)


def test_rows_of_other_lengths(tmp_path):
    _, r = one(tmp_path, b"when,id\n2024-03-05T08:00:00,1\n2024-03-05T08:00:00\n2024-03-05T08:00:00,1,2\n\n,\n2024-03-05T08:00:00,2")
    assert (r.events, r.rejected) == (2, 3)


# Files


def test_nothing_in_a_file(tmp_path):
    for data in (b"", b"\n\n  \n", b"\xff\xfe", gzip.compress(b"")):
        _, r = one(tmp_path, data)
        assert r.skipped


@pytest.mark.parametrize("data", [b"hello\n" * 10, os.urandom(5000), b"%PDF-1.7\n...", b"<html></html>", b"\x7fELF" + bytes(100), b"PAR1" + bytes(100) + b"PAR1"])
def test_unknown_formats_are_named_and_skipped(tmp_path, data):
    _, r = one(tmp_path, data, catalogue=REAL)
    assert r.skipped
    assert r.events == 0


def test_loops_broken_links_pipes_and_odd_names(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.log").write_bytes(jsonl([record(1)]))
    (tmp_path / os.fsdecode(b"b\xff\n.log")).write_bytes(jsonl([record(2)]) + b"junk\n")
    _, reports = read(tmp_path)
    told = {r.path: r.skipped for r in reports}
    assert sum(r.events for r in reports) == 2
    assert len(told) == 6
    assert all(told[name] for name in ("sub/loop", "self", "gone", "pipe"))


def test_a_vanished_and_an_unreadable_file(tmp_path, monkeypatch):
    _, [r] = read(tmp_path / "nothing")
    assert "vanished" in r.skipped
    (tmp_path / "a.log").write_bytes(jsonl([record(1)]))
    (tmp_path / "closed").mkdir()

    def refuse(item):
        raise PermissionError(13, "Permission denied")
        yield b""

    def walk(top, onerror, followlinks):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        yield str(tmp_path), ["closed"], ["a.log"]

    monkeypatch.setattr(files, "_unpacked", refuse)
    monkeypatch.setattr(files.os, "walk", walk)
    _, reports = read(tmp_path)
    assert {r.path for r in reports} == {"a.log", "closed"}
    assert all("may not be read" in r.skipped for r in reports)


def test_a_file_that_breaks_off_while_it_is_read(tmp_path, monkeypatch):
    def breaks(item):
        yield jsonl(record(n) for n in range(2000))
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "_unpacked", breaks)
    _, r = one(tmp_path, b"x")
    assert (r.events, r.rejected) == (2000, 1)
    assert "Input/output error" in r.problems[-1]


# Values


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59", "1899-12-31", "infinity", "-infinity", "290000-01-01", "1e300", "0000-00-00", "", "2024-13-45"])
def test_a_clock_that_jumps(tmp_path, when):
    store, r = one(tmp_path, jsonl([record(1), {**record(2), "when": when}, record(3)]))
    assert (r.events, r.rejected) == (2, 1)
    assert store.rows("SELECT MIN(time) >= TIMESTAMP '2024-01-01' AND MAX(time) < TIMESTAMP '2025-01-01' AS sane FROM base_event") == [{"sane": True}]


BREAKS = Source(
    id="breaks", title="Its map breaks on some values", flat=True, recognise=lambda head: Layout("json"),
    maps=(Map("base_event", columns={**COLUMNS, "message": "CAST(CAST({text} AS INTEGER) AS VARCHAR)"}),),
)


@QUICK
@given(st.sets(st.integers(0, 199), max_size=6), st.sampled_from([1, 10, 100]))
def test_a_value_that_breaks_a_statement_costs_its_record_only(tmp_path, bad, chunks):
    _, r = one(tmp_path, jsonl(record(n, text="many" if n in bad else "1") for n in range(200)), catalogue=only(BREAKS), chunks=chunks)
    assert (r.events, r.rejected) == (200 - len(bad), len(bad))


def test_a_unit_that_stumbles_does_not_stop_the_run(tmp_path):
    def recognise(head):
        raise RecursionError

    def rows(given):
        yield "base_event", {"time": given["when"], "message": given["id"], "uid": given["x"]["y"]}

    stumbles = Source(id="a", title="", recognise=recognise, rank=9)
    reads = Source(id="b", title="", recognise=lambda head: Layout("json"), rows=rows)
    _, r = one(tmp_path, jsonl([record(1, x={"y": "\ud800\x00"}), record(2, x=7), record(3)]), catalogue=only(stumbles, reads))
    assert (r.source, r.events, r.rejected) == ("b", 1, 2)


def test_many_distinct_keys(tmp_path):
    rows = [record(n, **{f"key{n}_{i}": i for i in range(20)}) for n in range(2000)] + [{**record(1), **{f"k{i}": i for i in range(50_000)}}]
    _, r = one(tmp_path, jsonl(rows))
    assert (r.events, r.rejected) == (2001, 0)


UNIQUE = Source(id="unique", title="", flat=True, unique=True, recognise=lambda head: Layout("json", within=("items",)), maps=PLAIN.maps)


@QUICK
@given(st.lists(st.integers(0, 9) | st.none(), max_size=40), st.sampled_from([1, 10, 100]), st.booleans())
def test_an_id_is_stored_once_and_no_id_is_nobodys_duplicate(tmp_path, ids, chunks, array):
    rows = [{"when": "2024-03-05T08:00:00", **({} if i is None else {"id": f"r{i}"})} for i in ids]
    data = json.dumps({"items": rows}).encode() if array else jsonl(rows)
    if not ids:
        return
    store, r = one(tmp_path, data, catalogue=only(UNIQUE), chunks=chunks)
    once = len(set(ids) - {None}) + ids.count(None)
    assert (r.events, r.duplicates) == (once, len(ids) - once)
    again = one(tmp_path, data, catalogue=only(UNIQUE), store=store)[1]
    assert (again.events, again.duplicates) == (0, len(ids))


@QUICK
@given(st.lists(st.sampled_from([jsonl([record(1)]), jsonl([record(2, ip="192.0.2.1")]), b"junk\n", b'{"when":\n', b'{"when": "no"}\n']), min_size=1, max_size=120))
def test_chunks_change_nothing(tmp_path, pieces):
    data = jsonl([record(0)]) + b"".join(pieces)
    whole, r = one(tmp_path, data)
    for chunks in (10, 100):
        store, other = one(tmp_path, data, chunks=chunks)
        assert stored(store) == stored(whole)
        assert other.as_dict() == r.as_dict()


# The sources that are there


HEADS = [
    b'{"ts": 1709625600.0, "uid": "C1", "id.orig_h": "192.0.2.1", "id.resp_h": "192.0.2.2", "proto": "tcp", "conn_state": "SF"}',
    b'{"timestamp": "2024-03-05T08:00:00+0000", "flow_id": 1, "event_type": "flow", "src_ip": "192.0.2.1", "flow": {"age": 1}}',
    b'{"eventVersion": "1.08", "eventID": "e1", "eventSource": "s3.amazonaws.com", "eventName": "X", "eventTime": "2024-03-05T08:00:00Z", "userIdentity": {}}',
    b'{"class_uid": 4001, "time": 1709625600000, "metadata": {"uid": "m1"}, "src_endpoint": {"ip": "192.0.2.1"}}',
    b'{"SystemAlertId": "a", "ProviderName": "x", "TimeGenerated": "2024-03-05T08:00:00Z", "Entities": "[]"}',
    b'{"Id": "a", "ProductArn": "x", "GeneratorId": "g", "UpdatedAt": "2024-03-05T08:00:00Z", "Resources": [{"Id": "r"}]}',
    b'{"id": "a", "type": "A:B/C", "accountId": "1", "severity": 5, "updatedAt": "2024-03-05T08:00:00Z", "resource": {"resourceType": "X"}, "service": {"serviceName": "g"}}',
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(HEADS), st.lists(st.tuples(st.integers(0, 20), JSON), min_size=1, max_size=6))
def test_every_field_of_a_known_format_may_be_anything(tmp_path, head, changes):
    known = json.loads(head)
    spoilt = [{**known, sorted(known)[at % len(known)]: value} for at, value in changes]
    deep = [{k: ({**v, next(iter(v), "x"): value} if isinstance(v, dict) else v) for k, v in known.items()} for _, value in changes]
    _, r = one(tmp_path, head + b"\n" + jsonl(spoilt + deep), catalogue=REAL)
    assert r.source
    assert r.events >= 1
