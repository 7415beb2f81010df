"""The rehearsal: what it says of organisations whose truth is known, and that small ones with fixed seeds come out as they should."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import rehearse


def ndjson(rows):
    return "".join(json.dumps(r) + "\n" for r in rows)


@pytest.fixture
def case(tmp_path):
    """An attack of two steps, a twin, noise; and incidents about each, one about nobody, one in which the attack drowns."""
    truth = {"days": 2, "attacks": [{"id": "theft", "first": "2025-03-05T10:00:00Z", "steps": [{"id": "theft/1"}, {"id": "theft/2"}]}], "twins": [{"id": "theft-twin"}, {"id": "calm-twin"}]}
    labels = "uid,label,step\na1,attack,theft/1\na2,attack,theft/2\nt1,benign,theft-twin/1\nc1,benign,calm-twin/1\nn1,noise,\nn2,noise,\n"
    told = {"one": ["a1", "x1"], "two": ["a2"], "twin": ["t1"], "noise": ["n1", "n2", "x2"], "odd": ["x3"], "drowned": ["a1", *(f"y{n}" for n in range(20))]}
    incidents = [{"id": f"ic-{n}", "title": n, "raised_at": f"2025-03-05T1{k}:30:00Z", "events": [{"uid": u} for u in uids], "investigations": []} for k, (n, uids) in enumerate(told.items())]
    (tmp_path / "case").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "case" / "truth.json").write_text(json.dumps(truth))
    (tmp_path / "case" / "labels.csv").write_text(labels)
    (tmp_path / "out" / "run.json").write_text(json.dumps({"seconds": {"total": 1}, "alerts": 6}))
    (tmp_path / "out" / "alerts.ndjson").write_text("")
    (tmp_path / "out" / "incidents.ndjson").write_text(ndjson(incidents))
    return tmp_path


def test_each_incident_is_somebodys_or_false(case):
    made = rehearse.score(case / "case", case / "out")
    [theft] = made.attacks
    assert (theft.incidents, theft.told, theft.steps, theft.delay) == (2, 2, 2, 30.0)
    assert made.false == ["twin", "odd", "drowned"]
    assert made.tolerated == 1
    assert made.twins == {"theft-twin": 1, "calm-twin": 0}


def test_the_table_says_what_was_found_and_what_was_false(case):
    text = "\n".join(rehearse.table([rehearse.score(case / "case", case / "out")], 12, judge=False))
    assert "| `theft` | 1/1 | 2.0 | 2/2 | 30 |" in text
    assert "| `theft-twin` | 1 | 1 |" in text
    assert "| `calm-twin` | 1 | 0 |" in text
    assert "Incidents from innocent activity: 3 in 2 days, 1.50 a day" in text


def test_every_scenario_is_played_with_its_twins_beside_it():
    parts = rehearse.groups(None, 3)
    known = rehearse.simulated("scenarios")
    assert sorted(n for part in parts for n in part) == sorted(known)
    assert all({t.id for t in known.values() if t.twin_of == n} <= set(part) for part in parts for n in part if known[n].hostile)


@pytest.mark.parametrize(("seed", "scenario", "domain"), [(2, "aws-takeover", "cloud"), (3, "ssh-guessing", "network")])
def test_a_small_organisation_with_a_fixed_seed_is_understood(tmp_path, seed, scenario, domain):
    [made] = rehearse.rehearse(tmp_path, [seed], 2, 12, [[scenario]], (domain,))
    [attack] = made.attacks
    assert attack.incidents == 1
    assert attack.told >= attack.steps - 1
    assert made.false == []
