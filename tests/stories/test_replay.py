"""A ledger leads to the verdicts that stand beside it, or says which does not."""

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vidocq.catalogue import load
from vidocq.errors import ReplayError
from vidocq.operations.replay import replay
from vidocq.operations.run import investigate
from vidocq.operations.simulate.write import simulate


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("takeover")
    simulate(folder / "case", seed=3, days=1, scenarios=("aws-takeover",), domains=("cloud",))
    return investigate([folder / "case" / "input"], folder / "out")


@pytest.fixture
def out(run, tmp_path):
    return shutil.copytree(run.out, tmp_path / "out")


def test_a_takeover_is_raised_as_one_incident(run):
    assert len(run.incidents) == 1


def test_the_ledger_leads_to_the_same_bytes(run, out):
    assert replay(out) == run.summary["investigations"]


def test_a_changed_answer_is_found_and_named(out):
    path = out / "ledger" / "answers.parquet"
    table = pq.read_table(path)
    investigations = pq.read_table(out / "ledger" / "investigations.parquet")["id"].to_pylist()
    changed = ["never before" if n == 0 else grade for n, grade in enumerate(table["grade"].to_pylist())]
    assert changed != table["grade"].to_pylist()
    pq.write_table(table.set_column(table.column_names.index("grade"), "grade", pa.array(changed)), path)
    with pytest.raises(ReplayError, match=investigations[table["case"][0].as_py()]):
        replay(out)


def test_a_changed_catalogue_is_refused_by_name(out):
    with pytest.raises(ReplayError, match=r"hypotheses/account_takeover"):
        replay(out, load().without("hypotheses/account_takeover"))
