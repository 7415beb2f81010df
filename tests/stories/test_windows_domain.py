"""An attachment becomes the whole domain, machine after machine; files are locked over shares. Their innocent twins look alike."""

import pytest
from played import Played, played


@pytest.fixture(scope="module")
def domain(tmp_path_factory) -> Played:
    return played(tmp_path_factory.mktemp("domain"), "macro-to-domain", seed=3, days=1, domains=("host",))


@pytest.fixture(scope="module")
def ransom(tmp_path_factory) -> Played:
    return played(tmp_path_factory.mktemp("ransom"), "ransomware-smb", seed=1, days=1, domains=("host",))


def told(found: Played, attack: str) -> set[str]:
    evidence = {e["uid"] for i in found.incidents for e in i["events"]}
    return {s["id"].partition("/")[2] for s in found.attack(attack)["steps"] if evidence & set(s["events"])}


def test_every_step_to_the_directory_is_told_in_one_incident(domain):
    [incident] = domain.incidents
    assert told(domain, "macro-to-domain") == {s["id"].partition("/")[2] for s in domain.attack("macro-to-domain")["steps"]}
    assert {e["name"].lower() for e in domain.attack("macro-to-domain")["touch"]} <= {e["name"].lower() for e in incident["entities"]}


def test_locked_files_and_the_ways_back_are_one_incident(ransom):
    assert len(ransom.incidents) == 1
    assert told(ransom, "ransomware-smb") >= {"1-arrival", "2-shares", "3-no-way-back", "4-locked"}


def test_papers_that_move_and_papers_that_are_restored_raise_nothing(tmp_path):
    assert [i["title"] for i in played(tmp_path, "ransomware-smb-twin", seed=1, days=1, domains=("host",)).incidents] == []
