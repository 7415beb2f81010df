"""The measure of realism: it sees what differs, does not see what does not, and stays quiet where there is nothing to compare with."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import realism

from vidocq.operations.simulate.write import simulate


def test_without_recordings_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["realism.py", "--cases", str(tmp_path)])
    assert realism.main() is None
    assert "nothing to compare with" in capsys.readouterr().out


def test_a_text_is_a_rank_and_nothing_is_no_number():
    made = realism.numbers([{"a": "x", "b": 1}, {"a": "y", "b": None}, {"a": "x", "b": True}], ["a", "b"])
    assert made[:, 0].tolist() == [0, 1, 0]
    assert np.isnan(made[1, 1])
    assert made[2, 1] == 1


def test_what_differs_is_named_and_chance_is_not():
    pytest.importorskip("sklearn")
    rng = np.random.default_rng(1)
    y, groups = np.repeat([0, 1], 400), np.repeat(np.arange(40), 20)
    alike = rng.normal(size=(800, 3))
    assert abs(realism.tell_apart(alike, y, groups, ["a", "b", "c"]).auc - 0.5) < 0.1
    alike[:, 1] += 3 * y
    told = realism.tell_apart(alike, y, groups, ["a", "b", "c"])
    assert told.auc > 0.95
    assert told.by[0][0] == "b"
    assert realism.tell_apart(alike[:400], y[:400], groups[:400], ["a", "b", "c"]) is None, "one side alone"


def test_every_kind_of_log_can_be_looked_at(tmp_path):
    simulate(tmp_path, seed=2, days=1, people=12, scenarios=(), domains=("network", "cloud"))
    store = realism.read([tmp_path / "input"])
    found = {name: realism.rows(store, kind) for name, kind in realism.KINDS.items()}
    assert all(found[name] for name in ("Zeek conn", "Zeek dns", "Zeek ssl", "CloudTrail"))
    for name, some in found.items():
        assert not some or realism.numbers(some, list(realism.KINDS[name].features)).shape[1] == len(realism.KINDS[name].features)
