"""The same input gives the same bytes: in one chunk or a hundred, on one thread or four, wherever it lies."""

import shutil
from pathlib import Path

import pytest
from played import one_delivery

from vidocq.content import sources
from vidocq.operations.run import investigate
from vidocq.operations.simulate.write import simulate

SAMPLES = Path(sources.__path__[0])


def written(out: Path) -> dict[str, bytes]:
    """Every file that a run left, by its path; run.json, which tells of times, aside."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "run.json"}


@pytest.fixture(scope="module")
def logs(tmp_path_factory) -> Path:
    """A firm's trail, the traffic of an attack on its web server, and a sample of every kind of log."""
    folder = tmp_path_factory.mktemp("logs")
    simulate(folder, seed=3, days=1, scenarios=("aws-takeover", "web-callback"), domains=("cloud",))
    one_delivery(folder / "input")
    for sample in SAMPLES.glob("*/sample*"):
        place = folder / "input" / "samples" / sample.parent.name / sample.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, place)
    return folder / "input"


@pytest.fixture(scope="module")
def once(logs, tmp_path_factory) -> dict[str, bytes]:
    return written(investigate([logs], tmp_path_factory.mktemp("once"), threads=1).out)


def test_there_is_something_to_compare(once):
    assert {"alerts.ndjson", "investigations.ndjson", "incidents.ndjson", "report.html", "ledger/answers.parquet"} <= once.keys()
    assert once["incidents.ndjson"].count(b"\n") >= 2


@pytest.mark.parametrize(("chunks", "threads"), [(10, 1), (100, 4)])
def test_neither_chunks_nor_threads_change_a_byte(logs, once, tmp_path, chunks, threads):
    again = written(investigate([logs], tmp_path / "out", chunks=chunks, threads=threads).out)
    assert [name for name in sorted(again.keys() | once.keys()) if again.get(name) != once.get(name)] == []


def test_it_does_not_matter_where_the_logs_lie(logs, once, tmp_path):
    moved = shutil.copytree(logs, tmp_path / "some where else" / "input")
    again = written(investigate([moved], tmp_path / "out", threads=4).out)
    assert [name for name in sorted(again.keys() | once.keys()) if again.get(name) != once.get(name)] == []
