"""Two programs call home beside programs that ask at fixed times and mean no harm: the first are raised, the others dismissed as what they are."""

import pytest
from played import Played, lines, played

from vidocq.operations.manual import ask
from vidocq.simulation.firm import PROXIED, firm

SEED = 2
FIRM = firm(SEED)
POLLING = ("telemetry_poll", "software_update")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def week(tmp_path_factory, store) -> Played:
    # Two days of life come first: what is new needs a past.
    return played(tmp_path_factory.mktemp("week"), "c2-jitter", "c2-office-hours", seed=SEED, days=3, domains=("network",), store=store)


def touched(week, plant):
    return {e["name"] for e in week.attack(plant)["touch"]}


@pytest.mark.parametrize("plant", ["c2-jitter", "c2-office-hours"])
def test_a_program_that_calls_home_is_one_incident(week, plant):
    [incident] = [i for i in week.incidents if touched(week, plant) & {e["name"] for e in i["entities"]}]
    assert touched(week, plant) <= {e["name"] for e in incident["entities"]}
    assert week.steps_of(incident, plant) == ["1-calls"]
    assert incident["hypotheses"][0]["id"] == "c2_channel"


@pytest.mark.parametrize("poller", ["telemetry", "update"])
def test_a_poller_is_dismissed_as_what_it_is(week, poller):
    found = [i for i in week.about(FIRM.vendors[poller].domain) if i["verdict"]]
    # The alerts are there, from many machines, and each was investigated.
    assert len(found) >= 10
    assert {i["verdict"] for i in found} == {"dismissed"}
    assert {i["leading"] for i in found} <= {*POLLING}
    for i in found:
        assert "at its own rhythm" in i["summary"] or "update" in i["summary"]
        assert "many machines here talk to it" in i["summary"]


def test_who_asks_the_proxy_twice_a_minute_is_not_raised(week):
    attacked = touched(week, "c2-jitter") | touched(week, "c2-office-hours")
    checking = next(h for h in FIRM.workstations[PROXIED:] if h.ip not in attacked)
    assert sum(1 for i in week.about(checking.ip)) > 0
    assert {i["verdict"] for i in week.about(checking.ip)} == {"dismissed"}


@pytest.mark.xfail(strict=True, reason="the firm's own vulnerability scanner is raised: its second rival's bits never reach those of scanning without a past")
def test_nothing_else_is_raised(week):
    hostile = touched(week, "c2-jitter") | touched(week, "c2-office-hours")
    assert [i["title"] for i in week.incidents if not hostile & {e["name"] for e in i["entities"]}] == []


def test_nothing_else_is_raised_where_the_owner_wrote_down_the_scanner(tmp_path):
    found = played(tmp_path, "c2-jitter", "c2-office-hours", seed=SEED, days=3, domains=("network",), context=True)
    hostile = touched(found, "c2-jitter") | touched(found, "c2-office-hours")
    assert found.incidents
    assert [i["title"] for i in found.incidents if not hostile & {e["name"] for e in i["entities"]}] == []


@pytest.mark.parametrize(
    ("plant", "verdict"),
    [(None, "dismissed"), pytest.param("c2-jitter", "raised", marks=pytest.mark.xfail(strict=True, reason="asked about a machine, no question about two ends is asked: it has no other end"))],
)
def test_asked_by_hand_the_verdict_is_the_same(week, store, plant, verdict):
    machine = FIRM.workstations[PROXIED].ip if plant is None else next(n for n in touched(week, plant) if n in {w.ip for w in FIRM.workstations})
    _, out = ask(f"ip:{machine}", "2025-03-05T14:00:00Z", store)
    [investigation] = lines(out / "investigations.ndjson")
    assert investigation["verdict"] == verdict
