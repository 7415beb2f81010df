"""The simulation: the same seed gives the same bytes, the truth names what is there, and every record can be read."""

import csv
import hashlib
import ipaddress
import json
import re
from pathlib import Path

import pytest

from vidocq.catalogue import load, simulated
from vidocq.errors import UsageError
from vidocq.model.event import CLASSES
from vidocq.operations.ingest import ingest
from vidocq.operations.simulate.cast import stages
from vidocq.operations.simulate.write import plan, simulate
from vidocq.simulation.clock import midnight
from vidocq.simulation.firm import firm
from vidocq.store.duckdb import Store

SCENARIOS = simulated("scenarios")
HOSTILE = [s.id for s in SCENARIOS.values() if s.hostile]
MADE_UP = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "240.0.0.0/4", "2001:db8::/32")]
# What stands in every installation of a product, and is asked by everybody: not made up, and nobody's.
OWN_NAMES = {"0.0.0.0", "255.255.255.255", "224.0.0.251", "239.255.255.250"}


def digest(out: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        whole.update(str(path.relative_to(out)).encode() + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module", params=[1, 2], ids=["json", "columns"])
def case(request, tmp_path_factory):
    """Every scenario in one day, and what a store holds of it."""
    out = tmp_path_factory.mktemp("simulated")
    simulate(out, seed=request.param, days=1, scenarios=list(SCENARIOS))
    store = Store()
    reports = list(ingest(store, load(), [out / "input"]))
    return out, store, reports


def play(scenario: str, seed: int, days: int):
    [stage] = stages(firm(seed), SCENARIOS, {scenario: None}, days).values()
    return SCENARIOS[scenario].play(stage)


def kept(store, column: str) -> set:
    return {r[column] for name in CLASSES for r in store.rows(f"SELECT DISTINCT {column} FROM {name} WHERE {column} IS NOT NULL")}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in "ab":
        simulate(tmp_path / name, seed=5, days=2, domains=("cloud", "identity"))
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_another_seed_gives_other_people_and_addresses():
    one, two = firm(1), firm(2)
    assert one.office != two.office
    assert {p.name for p in one.people}.isdisjoint(p.name for p in two.people) or one.name != two.name
    assert play("aws-takeover", 1, 7).touch != play("aws-takeover", 2, 7).touch


def test_every_record_can_be_read_and_has_its_own_id(case):
    out, store, reports = case
    assert [(r.path, r.rejected, r.duplicates, r.skipped) for r in reports if r.rejected or r.duplicates or r.skipped] == []
    labels = list(csv.DictReader((out / "labels.csv").open()))
    assert {r["uid"] for r in labels} <= kept(store, "uid")
    assert sum(r.read for r in reports) == json.loads((out / "truth.json").read_text())["events"]


def test_the_truth_names_every_attack_with_its_steps(case):
    out, _, _ = case
    truth = json.loads((out / "truth.json").read_text())
    attacked = {r["uid"] for r in csv.DictReader((out / "labels.csv").open()) if r["label"] == "attack"}
    assert {u for a in truth["attacks"] for s in a["steps"] for u in s["events"]} == attacked
    assert [a["id"] for a in truth["attacks"]] == HOSTILE
    assert truth["kind"] == "attack"


def test_every_address_is_made_up(case):
    _, store, _ = case
    addresses = kept_addresses(store)
    assert [a for a in addresses if not any(ipaddress.ip_address(a) in n for n in MADE_UP)] == []


def kept_addresses(store) -> list[str]:
    from vidocq.model.event import columns

    found = {r["a"] for name in CLASSES for c in ("src_ip", "dst_ip") if c in columns(name) for r in store.rows(f"SELECT DISTINCT {c} AS a FROM {name} WHERE {c} IS NOT NULL")}
    return sorted(a for a in found if re.fullmatch(r"[0-9.]+|[0-9a-f:]+", a) and a not in OWN_NAMES)


@pytest.mark.parametrize("days", [1, 3, 7])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_plays_its_steps_in_order_within_the_days(scenario, days):
    for seed in range(1, 6):
        story = play(scenario, seed, days)
        assert story.steps
        for step in story.steps:
            assert step.lines, (scenario, seed, step.id)
            assert all(midnight(0) <= line.at < midnight(days) for line in step.lines), (scenario, seed, step.id)
        if SCENARIOS[scenario].hostile:
            starts = [min(line.at for line in step.lines) for step in story.steps]
            assert starts == sorted(starts), (scenario, seed, starts)
            assert all(step.techniques for step in story.steps)
            assert story.touch


def test_the_takeover_has_its_seven_steps():
    for seed in range(1, 30):
        operations = [{line.record["eventName"] for line in step.lines} for step in play("aws-takeover", seed, 7).steps]
        assert len(operations) == 7
        assert {"UpdateLoginProfile", "CreateLoginProfile"} & operations[2]
        assert "ConsoleLogin" in operations[2]
        assert {"CreateAccessKey", "CreateRole", "AssumeRole"} <= operations[4]
        assert {"RunInstances", "CreateFunction20150331", "RunTask"} <= operations[5]
        assert {"PutBucketPolicy", "DeleteBucketEncryption", "DeleteObject"} <= operations[6]


def test_the_thief_comes_with_a_tool_that_nobody_here_uses():
    for seed in range(1, 10):
        own = {person.agent.partition("/")[0] for person in firm(seed).people}
        steps = play("aws-takeover", seed, 2).steps
        assert {line.record["userAgent"].lstrip("[").partition("/")[0] for line in steps[1].lines} & own == set()


@pytest.mark.parametrize("plant", ["c2-jitter", "c2-office-hours"])
def test_a_program_arrives_after_two_days_of_life_where_there_are_more(plant):
    for days in (3, 4, 7):
        [step] = play(plant, 1, days).steps
        assert min(line.at for line in step.lines) >= midnight(2)


def test_twins_alone_are_benign(tmp_path):
    simulate(tmp_path / "x", seed=3, days=1, scenarios=("aws-takeover-twin", "web-callback-twin"), domains=())
    truth = json.loads((tmp_path / "x" / "truth.json").read_text())
    assert (truth["kind"], truth["attacks"]) == ("benign", [])


def test_an_older_simulation_is_replaced_and_anything_else_is_left_alone(tmp_path):
    simulate(tmp_path / "x", seed=3, days=1, scenarios=(), domains=())
    simulate(tmp_path / "x", seed=4, days=1, scenarios=("exfil-upload",), domains=())
    assert json.loads((tmp_path / "x" / "truth.json").read_text())["name"] == "simulated-4"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(UsageError):
        simulate(tmp_path / "mine")
    with pytest.raises(UsageError, match="there is no scenario 'flood'"):
        simulate(tmp_path / "y", scenarios=("flood",))


def test_innocent_life_has_every_kind_of_log():
    assert {p.domain for p in simulated("life").values()} >= {"cloud", "host", "network"}


def test_its_context_is_understood(tmp_path):
    from vidocq.operations.enrich import enrich
    from vidocq.store.duckdb import Store

    simulate(tmp_path / "case", days=1, scenarios=())
    assert enrich(Store(), tmp_path / "case" / "context") == []


def test_what_the_readme_asks_about_stands_in_the_example(tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    [(address, at)] = re.findall(r"vidocq ask ip:(\S+) --at (\S+)", readme)
    simulate(tmp_path, scenarios=["aws-takeover", "web-callback"], domains=("cloud",))
    takeover = next(a for a in json.loads((tmp_path / "truth.json").read_text())["attacks"] if a["id"] == "aws-takeover")
    assert {"kind": "ip", "name": address} in takeover["touch"]
    assert takeover["window"][0] <= at <= takeover["window"][1]


def test_a_scenario_plays_at_the_time_that_is_asked_for(tmp_path):
    made = plan(3, 5, ["ssh-guessing@2025-03-05T10:00:00Z"], ())
    [(_, story)] = made.stories
    assert abs(min(line.at for line in story.steps[0].lines) - midnight(2) - 10 * 3600) < 60
    with pytest.raises(UsageError, match="outside the days"):
        plan(3, 5, ["ssh-guessing@2025-04-05T10:00:00Z"], ())
    with pytest.raises(UsageError, match="no time"):
        plan(3, 5, ["ssh-guessing@noon"], ())


def test_without_a_choice_the_seed_plants_attacks_and_twins():
    played = [[s.hostile for s, _ in plan(seed, 15, None, ()).stories] for seed in range(4)]
    assert all(p.count(True) == 2 and p.count(False) >= 2 for p in played)


def test_as_many_people_as_asked_for_have_a_desk_and_a_name_each():
    world = firm(1, 300, 40)
    assert len({e.login for e in world.staff}) == len({e.host.ip for e in world.staff}) == len({e.sid for e in world.staff}) == 300
    assert len(world.servers) + len(world.more_servers) == 40


def test_a_hostile_scenario_has_an_innocent_twin_or_says_why_not():
    twins = {s.twin_of for s in SCENARIOS.values() if not s.hostile}
    assert twins <= set(HOSTILE)
