"""A web application is exploited with one request: it calls back, fetches a program and mines. Its innocent twin takes a partner's orders."""

import datetime as dt

import pytest
from played import Played, lines, played

from vidocq.operations.manual import ask


@pytest.fixture(scope="module")
def callback(tmp_path_factory) -> Played:
    return played(tmp_path_factory.mktemp("callback"), "web-callback", seed=1, days=1, domains=("network",))


@pytest.fixture(scope="module")
def partner(tmp_path_factory) -> Played:
    return played(tmp_path_factory.mktemp("partner"), "web-callback-twin", seed=1, days=1, domains=("network",))


def test_the_callback_the_download_and_the_miner_are_raised(callback):
    evidence = {e["uid"] for i in callback.incidents for e in i["events"]}
    told = {s["id"].partition("/")[2] for s in callback.attack("web-callback")["steps"] if evidence & set(s["events"])}
    assert told >= {"2-callback", "3-download", "4-mining", "5-exploited-again"}


def test_nothing_else_is_raised(callback):
    touched = {e["name"] for e in callback.attack("web-callback")["touch"]}
    for incident in callback.incidents:
        assert {e["name"] for e in incident["entities"] if e["kind"] == "ip"} <= touched


def test_it_is_one_incident_that_names_both_addresses(callback):
    [incident] = callback.incidents
    assert {e["name"] for e in callback.attack("web-callback")["touch"]} <= {e["name"] for e in incident["entities"]}


def test_the_incident_shows_the_request_that_came_in(callback):
    evidence = {e["uid"] for i in callback.incidents for e in i["events"]}
    [exploit, *_] = callback.attack("web-callback")["steps"]
    assert evidence & set(exploit["events"])


def test_a_partner_that_is_called_back_raises_nothing(partner):
    assert [i["title"] for i in partner.incidents] == []


def test_strangers_are_blocked_and_machines_of_ours_isolated(callback):
    [incident] = callback.incidents
    done = {action: {a["on"] for a in incident["actions"] if a["action"] == action and a["on"].startswith("ip:")} for action in ("block", "isolate")}
    assert all(done.values())
    assert all(on.startswith("ip:10.") for on in done["isolate"])
    assert not any(on.startswith("ip:10.") for on in done["block"])
    assert {f"{i['kind']}:{i['name']}" for i in incident["indicators"] if i["kind"] == "ip"} >= done["block"]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_asked_by_hand_the_exploited_server_is_not_dismissed(tmp_path, share):
    found = played(tmp_path / "case", "web-callback", seed=1, days=1, domains=("network",), store=tmp_path / "store")
    attack = found.attack("web-callback")
    server = next(e["name"] for e in attack["touch"] if e["name"].startswith("10."))
    begin, end = (dt.datetime.fromisoformat(t.replace("Z", "+00:00")) for t in attack["window"])
    at = begin + (end - begin) * share
    _, out = ask(f"ip:{server}", at.isoformat(), tmp_path / "store")
    [investigation] = lines(out / "investigations.ndjson")
    assert investigation["verdict"] != "dismissed"
