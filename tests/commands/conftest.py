"""The commands as a person calls them: arguments in, status and text out."""

import sys
from dataclasses import dataclass

import pytest
from alert_tables import write_mapping, write_table

from vidocq.cli import main


@dataclass(frozen=True)
class Called:
    """What a call left behind: its exit status, and what stands on the two outputs, in one line each."""

    status: int
    out: str
    err: str


@pytest.fixture
def vidocq(monkeypatch, capsys):
    """Calls the entry point of the command line. An exception that gets out of it fails the test: a person would see a trace."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["vidocq", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as e:
            status = e.code or 0
        said = capsys.readouterr()
        return Called(status, " ".join(said.out.split()), " ".join(said.err.split()))

    return call


@pytest.fixture(scope="session")
def done(tmp_path_factory):
    """A run over that table with its store: `input`, `out`, `store`, `mapping.yaml`. Nobody changes it."""
    from vidocq.operations.run import investigate

    folder = tmp_path_factory.mktemp("done")
    write_table(folder / "input" / "alerts.csv")
    investigate([folder / "input"], folder / "out", mapping=write_mapping(folder / "mapping.yaml"), store=folder / "store")
    return folder
