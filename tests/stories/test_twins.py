"""Attacks beside what looks like them and is innocent: the first are raised with their steps, of the second nobody hears."""

import pytest
from played import played


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    # Two days of life come first: what is new needs a past.
    return played(tmp_path_factory.mktemp("network"), "c2-fronted", "dns-tunnel", "c2-jitter-twin", "dns-tunnel-twin", "ssh-guessing-twin", seed=1, days=3, domains=("network",), context=True)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    return played(tmp_path_factory.mktemp("cloud"), "kubernetes-escape", "insider-bucket-twin", "kubernetes-escape-twin", seed=1, days=3, domains=("cloud",), context=True)


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    return played(tmp_path_factory.mktemp("servers"), "lateral-ssh", "lateral-ssh-twin", "react2shell-twin", seed=1, days=1, domains=("network", "host"), context=True)


def raised(play, plant):
    touched = {e["name"] for e in play.attack(plant)["touch"]}
    return [i for i in play.incidents if touched & {e["name"] for e in i["entities"]}]


def steps(play, plant):
    return {step for incident in raised(play, plant) for step in play.steps_of(incident, plant) if step}


def others(play, *plants):
    """The incidents in which no event of an attack stands."""
    events = {uid for plant in plants for s in play.attack(plant)["steps"] for uid in s["events"]}
    return [i["title"] for i in play.incidents if not events & {e["uid"] for e in i["events"]}]


def test_who_hides_behind_a_shared_name_is_told_by_the_client(network):
    [incident] = raised(network, "c2-fronted")
    assert incident["hypotheses"][0]["id"] == "c2_channel"
    assert "T1090.004" in incident["techniques"]


def test_a_tunnel_is_told_whole(network):
    assert steps(network, "dns-tunnel") == {"1-waiting", "2-transfer"}


def test_a_virus_scanner_a_chat_and_a_job_with_an_old_key_reach_nobody(network):
    assert others(network, "c2-fronted", "dns-tunnel") == []
    assert {a["rule"] for a in network.alerts} >= {"network.dns_tunnel", "network.login_after_guessing", "network.jittered_beacon"}


def test_the_way_from_a_container_into_the_account_is_one_incident_with_every_step(cloud):
    [incident] = raised(cloud, "kubernetes-escape")
    assert steps(cloud, "kubernetes-escape") == {"1-token", "2-secrets", "3-pod", "4-entered", "5-cloud"}
    assert {"T1611", "T1552.005"} <= set(incident["techniques"])


def test_an_agent_on_every_machine_and_a_bucket_that_is_moved_reach_nobody(cloud):
    assert others(cloud, "kubernetes-escape") == []


def test_the_way_from_server_to_server_is_told(servers):
    assert {"2-keys", "3-database", "4-taken"} <= steps(servers, "lateral-ssh")


def test_a_rollout_of_keys_and_a_deployment_reach_nobody(servers):
    assert others(servers, "lateral-ssh") == []
