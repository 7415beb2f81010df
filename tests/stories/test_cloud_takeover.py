"""An account is taken over in seven steps inside a firm's ordinary life: one incident tells them all. Its innocent twin raises nothing."""

import pytest
from played import Played, played

SEEDS = (2, 3, 6)
"""In the sixth the thief changes their address on the way, with the session of a role in hand."""
STEPS = ["1-new-address", "2-new-tool", "3-password-reset", "4-discovery", "5-escalation", "6-compute", "7-destruction"]


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def takeover(request, tmp_path_factory) -> Played:
    return played(tmp_path_factory.mktemp("takeover"), "aws-takeover", seed=request.param, days=2, domains=("cloud",))


def test_it_is_one_incident(takeover):
    assert [i["title"] for i in takeover.incidents[1:]] == []
    [incident] = takeover.incidents
    assert incident["priority"] in ("critical", "high")


def test_the_incident_tells_every_step_in_order_and_nothing_else(takeover):
    [incident] = takeover.incidents
    assert takeover.steps_of(incident, "aws-takeover") == STEPS


def test_the_incident_names_the_addresses_and_the_key(takeover):
    [incident] = takeover.incidents
    named = {(e["kind"], e["name"]) for e in incident["entities"]}
    touched = {(e["kind"], e["name"]) for e in takeover.attack("aws-takeover")["touch"]}
    assert {t for t in touched if t[0] in ("ip", "key")} <= named


def test_a_role_has_one_name_in_the_incident(takeover):
    [incident] = takeover.incidents
    roles = [e["name"] for e in incident["entities"] if ":role/" in e["name"]]
    short = {role.rpartition("/")[2] for role in roles}
    assert roles
    assert not short & {e["name"] for e in incident["entities"]}


def test_a_summary_names_no_gap_that_has_nothing_to_do_with_it(takeover):
    for i in takeover.investigations:
        assert ("this machine scans" in i["summary"]) <= (i["leading"] in ("scanning", "vulnerability_scanner", "internet_noise")), (i["leading"], i["summary"])
    assert any("this machine scans" in gap for i in takeover.investigations for gap in i["gaps"])


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_an_administrators_busy_hour_raises_nothing(seed, tmp_path):
    # Four days, so that the office is older than the help desk's acquaintance with it.
    twin = played(tmp_path, "aws-takeover-twin", seed=seed, days=4, domains=("cloud",))
    assert [i["title"] for i in twin.incidents] == []
    # Not for want of looking: what the administrator did was investigated, and explained.
    done = {r.partition(",")[0] for r in (tmp_path / "case" / "labels.csv").read_text().splitlines() if "aws-takeover-twin" in r}
    looked_at = {a["investigation"] for a in twin.alerts if done & set(a["events"])}
    explained = {i["verdict"] for i in twin.investigations if i["id"] in looked_at}
    assert explained
    assert "raised" not in explained
