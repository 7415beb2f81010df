"""Lines that make one event together are one record, however they are mixed."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.catalogue import load
from vidocq.content.sources.linux_audit.records import KEY, parse
from vidocq.operations.ingest import ingest
from vidocq.operations.reading.joined import LINES, OPEN, joined
from vidocq.store.duckdb import Store


def told(serial, kind, n):
    return f"node=web1 type={kind} msg=audit(1772359200.000:{serial}): item={n}".encode()


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["SYSCALL", "PATH", "CWD"]), st.integers(0, 50)), max_size=40, unique=True))
def test_the_lines_of_one_event_are_one_record_whatever_stands_between(lines):
    found = list(joined([(n, told(*line)) for n, line in enumerate(lines, 1)], KEY))
    assert sorted(line for _, record in found for line in record.split(b"\n")) == sorted(told(*line) for line in lines)
    assert len(found) == len({serial for serial, _, _ in lines})


@given(st.permutations([("SYSCALL", 1), ("PATH", 2), ("CWD", 3)]))
def test_parts_out_of_order_tell_the_same(order):
    event = parse("\n".join(told(9, *part).decode() for part in order))
    assert {p.type: p.fields["item"] for p in event.parts} == {"SYSCALL": "1", "PATH": "2", "CWD": "3"}


SAMPLE = [line for line in (Path(__file__).parents[2] / "src/vidocq/content/sources/linux_audit/sample_audit.log").read_text().splitlines() if line]
CATALOGUE = load()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(SAMPLE))), st.sets(st.integers(0, len(SAMPLE) - 1)))
def test_a_trail_out_of_order_and_with_records_missing_is_read_and_accounted_for(order, missing):
    """Whatever the kernel dropped or a relay mixed up: every record is an event or a line with a reason, and nothing breaks."""
    lines = [SAMPLE[n] for n in order if n not in missing]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "audit.log").write_text("\n".join(lines) + "\n")
        store = Store()
        reports = ingest(store, CATALOGUE, [Path(folder)])
        for r in reports:
            assert r.skipped or r.read <= r.events + r.duplicates + r.rejected
        assert not any("broke" in row["reason"] or "Error" in row["reason"] for row in store.rows("SELECT reason FROM quarantine"))
        store.close()


def test_a_line_without_a_key_stands_alone_and_is_not_lost():
    assert list(joined([(1, told(1, "CWD", 0)), (2, b"no record"), (3, told(1, "PATH", 1))], KEY)) == [(2, b"no record"), (1, told(1, "CWD", 0) + b"\n" + told(1, "PATH", 1))]


def test_an_event_told_twice_is_two():
    assert len(list(joined([(1, told(1, "CWD", 0)), (2, told(1, "CWD", 0))], KEY))) == 2


def test_an_event_without_end_does_not_fill_the_memory():
    pieces = list(joined([(n, told(1, "PATH", n)) for n in range(3 * LINES)], KEY))
    assert [len(record.split(b"\n")) for _, record in pieces] == [LINES] * 3


def test_events_that_never_end_give_way_to_those_that_begin():
    kept = joined(((n, told(n, "CWD", 0)) for n in range(OPEN + 2)), KEY)
    assert next(kept)[0] == 0
