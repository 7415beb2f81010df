"""Which formats the detections look at, and how a run says that nothing looks at one."""

import datetime as dt
import io
import json
from pathlib import Path

import made_run
from rich.console import Console

from vidocq.catalogue import load
from vidocq.operations import detect
from vidocq.operations.ingest import ingest
from vidocq.operations.report.terminal import print_end
from vidocq.operations.report.visible import figure
from vidocq.operations.run import investigate
from vidocq.store.duckdb import Store

CATALOGUE = load()
START = dt.datetime(2025, 1, 6, 10)
DEAF = CATALOGUE.without(*(f"detections/{d.id}" for d in CATALOGUE.detections.values() if "base_event" in d.of))
"""No detection of it reads what is only a line of text."""


def store_of(tmp_path: Path) -> Store:
    (tmp_path / "notes.log").write_text("".join(f"2025-01-06 10:00:{n:02} worker finished job {n}\n" for n in range(40)))
    (tmp_path / "access.log").write_text('198.51.100.7 - - [06/Jan/2025:10:00:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0"\n' * 3)
    store = Store()
    list(ingest(store, CATALOGUE, [tmp_path]))
    return store


def test_a_format_of_whose_classes_no_detection_reads_one_is_named(tmp_path: Path) -> None:
    assert detect.unheard(store_of(tmp_path), DEAF) == ["generic_log: 40 events read; no detection looks at them"]


def test_the_end_of_a_run_tells_it(tmp_path: Path) -> None:
    console = Console(width=110, file=io.StringIO(), record=True)
    print_end(console, made_run.silent(tmp_path), ["generic_log: 40 events read; no detection looks at them"])
    assert "generic_log: 40 events read; no detection looks at them" in console.export_text()


def called(folder: Path, times: int, to: str = "203.0.113.9", every: int = 60, port: int = 8443, step: int = 0, state: str = "SF") -> Path:
    """A machine of ours that calls another time after time, as a sensor writes it; by default a stranger once a minute."""
    head = "\t".join(("#fields", "ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "service", "duration", "orig_bytes", "resp_bytes", "conn_state"))
    rows = ("\t".join((str(START.replace(tzinfo=dt.UTC).timestamp() + every * n), f"C{n:05}", "10.0.0.7", str(40000 + n), to, str(port + step * n), "tcp", "-", "0.5", "300", "200", state)) for n in range(times))
    folder.mkdir()
    (folder / "conn.log").write_text("\n".join(("#separator \\x09", "#path\tconn", head, *rows)) + "\n")
    return folder


def test_an_alert_about_more_events_than_it_lists_keeps_their_count_and_the_first(tmp_path: Path) -> None:
    store = Store()
    list(ingest(store, CATALOGUE, [called(tmp_path / "in", 237)]))
    [alert] = detect.run(store, CATALOGUE.detections["network.beacon"])
    facts = json.loads(alert["features"])
    assert (len(alert["events"]), facts["unlisted_events"], facts["first_event"]) == (200, 37, "2025-01-06T10:00:00.000000Z")


def test_an_alert_that_lists_all_its_events_leaves_none_out(tmp_path: Path) -> None:
    store = Store()
    list(ingest(store, CATALOGUE, [called(tmp_path / "in", 150)]))
    [alert] = detect.run(store, CATALOGUE.detections["network.beacon"])
    assert len(alert["events"]) == 150
    assert "unlisted_events" not in json.loads(alert["features"])


def test_an_incident_counts_and_spans_the_events_that_are_not_listed(tmp_path: Path) -> None:
    done = investigate([called(tmp_path / "in", 237, to="10.0.0.9", every=1, port=1, step=7, state="REJ")], tmp_path / "out")
    [incident] = done.incidents
    assert (len(incident["events"]), incident["events_total"]) == (200, 237)
    assert (incident["first_seen"], incident["last_seen"]) == ("2025-01-06T10:00:00.000000Z", "2025-01-06T10:03:56.000000Z")


def test_a_number_that_names_something_has_no_thousands() -> None:
    assert (figure(8443, "dst_port"), figure(8443, "network.beacon: dst_port"), figure(8443, "ports"), figure(8443, "bytes out")) == ("8443", "8443", "8,443", "8,443")
