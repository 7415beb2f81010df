"""What joins cases to one incident, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from vidocq.engine.correlate import GAP, NEAR, Common, Standing, correlate, discriminating
from vidocq.model.entity import Entity

START = datetime(2025, 1, 6, 10)
SERVER, STRANGER, OTHER = ("ip", "192.0.2.10"), ("ip", "198.51.100.7"), ("ip", "203.0.113.9")


def standing(hours: float, *entities: tuple[tuple[str, str], str], commons: dict[tuple[str, str], Common] | None = None, margin: float = 2.0, rule: str = "r") -> Standing:
    joining, reached = discriminating([Entity(kind, name, role) for (kind, name), role in entities], commons or {})
    at = START + timedelta(hours=hours)
    return Standing(margin, False, joining, rule, at, at, reached)


def incidents(*cases: Standing) -> list[set[int]]:
    return [{*g.raised, *g.joined} for g in correlate(cases)]


@pytest.mark.parametrize("common", [Common.OWN, Common.PUBLIC])
def test_a_server_that_calls_back_joins_the_stranger_who_came_in(common: Common) -> None:
    known = {SERVER: common}
    came_in = standing(0, (STRANGER, "source"), (SERVER, "target"), commons=known)
    calls = standing(2, (SERVER, "source"), (STRANGER, "destination"), commons=known)
    assert incidents(came_in, calls) == [{0, 1}]


def test_two_strangers_at_a_public_server_are_two_incidents() -> None:
    known = {SERVER: Common.PUBLIC}
    assert incidents(standing(0, (STRANGER, "source"), (SERVER, "target"), commons=known), standing(1, (OTHER, "source"), (SERVER, "target"), commons=known)) == [{0}, {1}]


def test_what_a_public_server_does_itself_is_one_incident() -> None:
    known = {SERVER: Common.PUBLIC}
    assert incidents(standing(0, (SERVER, "source"), (STRANGER, "destination"), commons=known), standing(48, (SERVER, "source"), (OTHER, "destination"), commons=known)) == [{0, 1}]


@pytest.mark.parametrize(("hours", "joined"), [(NEAR / timedelta(hours=1) - 1, True), (NEAR / timedelta(hours=1) + 1, False)])
def test_a_machine_of_ours_that_was_reached_joins_only_what_lies_close(hours: float, joined: bool) -> None:
    known = {SERVER: Common.OWN}
    scan = standing(0, (OTHER, "source"), (SERVER, "target"), commons=known)
    calls = standing(hours, (SERVER, "source"), (STRANGER, "destination"), commons=known)
    assert incidents(scan, calls) == ([{0, 1}] if joined else [{0}, {1}])


def test_an_outsider_that_two_machines_call_is_one_incident_for_days() -> None:
    late = GAP / timedelta(hours=1) - 1
    assert incidents(standing(0, (SERVER, "source"), (STRANGER, "destination")), standing(late, (OTHER, "source"), (STRANGER, "destination"))) == [{0, 1}]


@pytest.mark.parametrize("role", ["source", "target", "destination"])
@pytest.mark.parametrize("common", [Common.CROWD, Common.RELAY])
def test_what_many_go_through_joins_nobody(role: str, common: Common) -> None:
    known = {SERVER: common}
    assert incidents(standing(0, (SERVER, role), (STRANGER, "destination"), commons=known), standing(1, (SERVER, role), (OTHER, "destination"), commons=known)) == [{0}, {1}]


def test_an_account_joins_nobody() -> None:
    account = ("account", "111122223333")
    assert incidents(standing(0, (account, ""), (STRANGER, "source")), standing(1, (account, ""), (OTHER, "source"))) == [{0}, {1}]


def test_weak_signals_of_three_rules_become_an_incident_and_of_two_do_not() -> None:
    weak = [standing(n / 10, (SERVER, "source"), margin=0.9, rule=f"r{n}") for n in range(6)]
    assert incidents(*weak[:2]) == []
    assert incidents(*weak) == [set(range(6))]


def test_rules_that_met_one_event_are_one_witness() -> None:
    """Three rules about the one opening of a process say one thing; three about three events say three."""
    def rules_on(*events: str) -> list[Standing]:
        return [replace(standing(0, (SERVER, "source"), margin=0.5, rule=f"r{n}"), events=frozenset(e.split())) for n, e in enumerate(events)]

    assert incidents(*rules_on("a", "b", "c")) == [{0, 1, 2}]
    assert incidents(*rules_on("a", "a", "a", "a", "a")) == []
    assert incidents(*rules_on("a b c d", "a c", "b d", "e")) == []


def test_an_open_case_between_two_raised_ones_does_not_part_them() -> None:
    first, last = standing(0, (STRANGER, "source")), standing(48, (STRANGER, "source"))
    between = standing(24, (STRANGER, "source"), margin=0.0, rule="other")
    assert incidents(first, last) == [{0, 1}]
    assert incidents(first, between, last) == [{0, 2}]


def test_having_been_reached_does_not_part_what_a_machine_did_before_and_after() -> None:
    known = {SERVER: Common.OWN}
    before, after = (standing(hours, (SERVER, "source"), commons=known) for hours in (0, 48))
    reached = standing(24, (OTHER, "source"), (SERVER, "target"), commons=known)
    assert incidents(before, reached, after) == [{0, 2}, {1}]


def test_days_of_one_weak_rule_are_joined_past_a_weak_one_of_another() -> None:
    days = [standing(24 * n, (SERVER, "source"), margin=2.0 if n == 2 else 0.5) for n in range(3)]
    other = standing(12, (SERVER, "source"), margin=0.5, rule="other")
    assert incidents(*days, other) == [{0, 1, 2}]


def test_an_account_that_every_machine_has_joins_no_two_machines() -> None:
    root, ann = ("user", "root"), ("user", "ann")
    one, other = ("host", "web1"), ("host", "db1")
    assert incidents(standing(0, (one, "host"), (root, "actor")), standing(1, (other, "host"), (root, "actor"))) == [{0}, {1}]
    assert incidents(standing(0, (one, "host"), (ann, "actor")), standing(1, (other, "host"), (ann, "actor"))) == [{0, 1}]


@pytest.mark.parametrize(("hours", "joined"), [(1, True), (NEAR / timedelta(hours=1) + 1, False)])
def test_what_the_process_of_an_incident_did_beside_belongs_to_it_though_it_was_explained(hours: float, joined: bool) -> None:
    process = ("process", "web1:7:0")
    set_foothold = standing(0, (process, "process"))
    ran = Standing(-3.0, True, frozenset({process}), "other", START + timedelta(hours=hours), START + timedelta(hours=hours))
    assert incidents(set_foothold, ran) == ([{0, 1}] if joined else [{0}])


@pytest.mark.parametrize(("hours", "margin", "joined"), [(1, -1.0, True), (-1, -1.0, False), (NEAR / timedelta(hours=1) + 2, -1.0, False), (1, -6.0, False)])
def test_the_role_of_a_machine_of_the_incident_used_elsewhere_belongs_to_it_afterwards_though_it_was_explained(hours: float, margin: float, joined: bool) -> None:
    machine, role = ("host", "web1"), ("user", "AROAEXAMPLE:i-0aaaaaaaaaaaaaaa1")
    broken_into = standing(0, (machine, "host"))
    elsewhere = replace(standing(hours, (role, "actor"), (machine, "host"), margin=margin, rule="elsewhere"), explained=True, lent=frozenset({machine}))
    assert incidents(broken_into, elsewhere) == [{0, 1} if joined else {0}]


def test_what_a_role_does_makes_no_exploited_machine() -> None:
    machine, role = ("host", "web1"), ("user", "AROAEXAMPLE:i-0aaaaaaaaaaaaaaa1")
    raised, explained = (replace(standing(n, (role, "actor"), (machine, "host"), margin=m, rule=str(n)), explained=m < 0, lent=frozenset({machine})) for n, m in enumerate((2.0, -1.0)))
    assert incidents(raised, explained) == [{0}]
