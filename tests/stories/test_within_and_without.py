"""Stories that a host and the network tell together: one incident each, from the first request to the last; their innocent twin is silent."""

import pytest
from played import played

DOMAINS = ("network", "host")


@pytest.fixture(scope="module", params=[1, 4])
def exploited(request, tmp_path_factory):
    return played(tmp_path_factory.mktemp("exploited"), "react2shell", seed=request.param, days=1, domains=DOMAINS, context=True)


@pytest.fixture(scope="module")
def implant(tmp_path_factory):
    return played(tmp_path_factory.mktemp("implant"), "chain-implant", seed=2, days=1, domains=DOMAINS, context=True)


def told(play, plant):
    [incident] = play.incidents
    return {step for step in play.steps_of(incident, plant) if step}


def test_an_exploited_application_is_one_incident_with_every_step(exploited):
    assert told(exploited, "react2shell") == {s["id"].partition("/")[2] for s in exploited.attack("react2shell")["steps"]}


def test_it_names_the_machine_under_both_its_names_and_whom_to_block(exploited):
    [incident] = exploited.incidents
    attack = exploited.attack("react2shell")
    source = attack["touch"][0]["name"]
    assert source in {i["name"] for i in incident["indicators"]}
    assert {e["name"] for e in incident["entities"]} >= {"srv-web", source}
    assert any(d["name"].startswith("the machine of 10.") and d["value"] == "srv-web" for d in incident["details"])


def test_it_names_the_false_editor_and_how_it_came(exploited):
    [incident] = exploited.incidents
    assert {"T1190", "T1036.005", "T1105"} <= set(incident["techniques"])
    assert incident["priority"] == "critical"


def test_an_implant_with_its_own_runtime_is_one_incident_with_every_step(implant):
    assert told(implant, "chain-implant") == {s["id"].partition("/")[2] for s in implant.attack("chain-implant")["steps"]}


def test_its_five_ways_to_stay_are_named(implant):
    [incident] = implant.incidents
    assert {"T1053.003", "T1543.002", "T1547.013", "T1546.004", "T1098.004"} <= set(incident["techniques"])


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_an_agent_that_is_installed_and_a_tool_chain_that_is_brought_reach_nobody(seed, tmp_path):
    twin = played(tmp_path, "toolbox-twin", seed=seed, days=1, domains=DOMAINS, context=True)
    assert twin.incidents == []
    assert any(a["rule"] == "unix.fetched_and_run" for a in twin.alerts)
    assert any(a["rule"] == "unix.foothold" for a in twin.alerts)
