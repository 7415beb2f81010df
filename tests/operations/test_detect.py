"""Which formats the detections look at, and how a run says that nothing looks at one."""

import io
from pathlib import Path

import made_run
from rich.console import Console

from vidocq.catalogue import load
from vidocq.operations import detect
from vidocq.operations.ingest import ingest
from vidocq.operations.report.terminal import print_end
from vidocq.store.duckdb import Store

CATALOGUE = load()
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
