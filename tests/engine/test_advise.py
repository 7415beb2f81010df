"""What is recommended, to whom, and in which order."""

import pytest

from vidocq.engine.advise import attackers_first, next_steps, recommended, runs
from vidocq.model.belief import Hypothesis

ABUSE = Hypothesis(id="abuse", title="Abuse", text="", benign=False, prior_bits=-5, actions=(("stop", "resource:target", "Stop it."), ("disable_key", "key:credential", "Disable the key.")))
THEFT = Hypothesis(id="theft", title="Theft", text="", benign=False, prior_bits=-5, actions=(("rotate", "resource:target", "Rotate it."), ("block", "ip:source", "Block it."), ("ask_owner", "user:actor", "Ask.")))
INSTANCE, BUCKET, KEY, LATER, STRANGER, ANN = ("resource", "i-0123456789abcdef0", "target"), ("resource", "arn:aws:s3:::b", "target"), ("key", "AKIA1", "credential"), ("key", "AKIA2", "credential"), ("ip", "198.51.100.7", "source"), ("user", "ann", "actor")
ALL = [{"kind": k, "name": n, "role": r} for k, n, r in (INSTANCE, BUCKET, KEY, LATER, STRANGER, ANN)]
ABOUT_ALL = frozenset((e["kind"], e["name"]) for e in ALL)


def nobody_ours(kind, name):
    return kind != "ip"


def listed(*readings):
    return [(a["action"], a["on"]) for a in recommended(readings, ALL, nobody_ours, {})]


@pytest.mark.parametrize("name", ["i-0123456789abcdef0", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0", "arn:aws:lambda:eu-west-1:111122223333:function:f", "arn:aws:ecs:eu-west-1:111122223333:task/c/1", "arn:aws:rds:eu-west-1:111122223333:db:d"])
def test_what_runs_can_be_stopped(name):
    assert runs(name)


@pytest.mark.parametrize("name", ["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:role/r", "arn:aws:s3:::b", "sg-04cfb7a4712d75b00", "ami-0aa1d83d0b0985c86", "snap-083d3b857c13988bc", "fl-064ed3a785e4a37ef", "svc-profile"])
def test_what_does_not_run_cannot_be_stopped(name):
    assert not runs(name)


def test_containment_goes_before_repair_and_asking_goes_last():
    assert listed((ABUSE, ABOUT_ALL), (THEFT, ABOUT_ALL)) == [
        ("disable_key", "key:AKIA1"), ("disable_key", "key:AKIA2"), ("block", "ip:198.51.100.7"),
        ("stop", "resource:i-0123456789abcdef0"), ("rotate", "resource:i-0123456789abcdef0"), ("rotate", "resource:arn:aws:s3:::b"), ("ask_owner", "user:ann"),
    ]  # fmt: skip


def test_a_reading_acts_on_what_its_own_cases_name_but_on_every_key():
    assert listed((THEFT, frozenset({("resource", "arn:aws:s3:::b")})), (ABUSE, frozenset({("key", "AKIA1")}))) == [("disable_key", "key:AKIA1"), ("disable_key", "key:AKIA2"), ("rotate", "resource:arn:aws:s3:::b")]


def test_the_next_steps_are_in_the_list_and_told_once():
    actions = recommended([(ABUSE, ABOUT_ALL), (THEFT, ABOUT_ALL)], ALL, nobody_ours, {})
    assert next_steps(actions) == ["Disable the key.", "Block it.", "Stop it."]


def test_a_machine_that_is_known_by_name_and_address_is_isolated_once():
    cut = Hypothesis(id="cut", title="Cut", text="", benign=False, prior_bits=-5, actions=(("isolate", "host:host", "Isolate it."), ("isolate", "ip:source", "Isolate it."), ("block", "ip:destination", "Block it.")))
    entities = [{"kind": "ip", "name": "10.0.0.5", "role": "source"}, {"kind": "host", "name": "web1", "role": "host"}, {"kind": "ip", "name": "198.51.100.7", "role": "destination"}]
    about = frozenset((e["kind"], e["name"]) for e in entities)
    done = recommended([(cut, about)], entities, lambda kind, name: name.startswith("10."), {"10.0.0.5": "web1"})
    assert [(a["action"], a["on"]) for a in done] == [("isolate", "host:web1"), ("block", "ip:198.51.100.7")]


def test_whoever_came_in_is_blocked_before_others_and_after_what_is_cut_off():
    rows = [{"action": a, "on": on, "why": "w"} for a, on in (("isolate", "host:web1"), ("block", "ip:192.0.2.1"), ("block", "ip:203.0.113.9"), ("ask_owner", "user:ann"))]
    assert [a["on"] for a in attackers_first(rows, ["203.0.113.9"])] == ["host:web1", "ip:203.0.113.9", "ip:192.0.2.1", "user:ann"]
    assert attackers_first(rows, []) == rows


@pytest.mark.parametrize("name", ["NT AUTHORITY\\SYSTEM", "nt authority\\local service", "CORP\\WS01$", "SYSTEM"])
def test_nobody_is_asked_for_an_account_of_the_system(name):
    entities = [{"kind": "user", "name": n, "role": "actor"} for n in (name, "CORP\\ann")]
    told = recommended([(THEFT, frozenset((e["kind"], e["name"]) for e in entities))], entities, nobody_ours, {})
    assert [a["on"] for a in told] == ["user:CORP\\ann"]
