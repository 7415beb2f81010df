"""Who plays where and when: each scenario has a day, an employee and addresses that no other has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random

from vidocq.errors import UsageError
from vidocq.simulation.clock import START, attack_day, midnight, workdays
from vidocq.simulation.firm import PROXIED, Firm
from vidocq.simulation.line import Scenario, Stage

_ROOM = 16
"""Addresses that each scenario has for itself."""
_SHORT = 7
"""Up to so many days every scenario plays on the same one, with as much life before it as there is."""


def asked(known: Mapping[str, Scenario], wanted: Sequence[str], days: int) -> dict[str, float | None]:
    """The scenarios by id, each with its moment where one was asked for (`ID@TIME`). Raises UsageError."""
    found: dict[str, float | None] = {}
    for text in wanted:
        name, _, at = text.partition("@")
        if name not in known:
            raise UsageError(text, f"there is no scenario {name!r}", "name one of: " + ", ".join(known))
        found[name] = _moment(text, at, days) if at else None
    return found


def _moment(text: str, at: str, days: int) -> float:
    try:
        time = dt.datetime.fromisoformat(at)
    except ValueError as e:
        raise UsageError(text, f"{at!r} is no time", "write ID@2025-03-10T14:00:00Z") from e
    moment = (time if time.tzinfo else time.replace(tzinfo=dt.UTC)).timestamp()
    if not START <= moment < midnight(days):
        raise UsageError(text, "that lies outside the days that are simulated", f"name a time from 2025-03-03T00:00:00Z on, within {days} days")
    return moment


def drawn(known: Mapping[str, Scenario], seed: int, days: int) -> list[str]:
    """What the seed plants where nothing is asked for: an attack, one more for every fortnight, and two twins beside each."""
    rng, room = Random(f"{seed}/drawn"), days - 1
    hostile = [s.id for s in known.values() if s.hostile and s.past <= room]
    twins = [s.id for s in known.values() if not s.hostile and s.past <= room]
    many = min(1 + days // 14, len(hostile))
    return sorted(rng.sample(hostile, many)) + sorted(rng.sample(twins, min(2 * many, len(twins))))


def stages(firm: Firm, known: Mapping[str, Scenario], wanted: Mapping[str, float | None], days: int) -> dict[str, Stage]:
    """The stage of each scenario, by id."""
    # Those who are there most come first: nobody can be attacked whose machine is off all week.
    staff = [e for e in firm.staff[PROXIED:] if e.host not in firm.workstations[-2:]]
    Random(f"{firm.seed}/workstations").shuffle(staff)
    staff.sort(key=lambda e: -sum(firm.presence(e.host, day) is not None for day in workdays(days)[-3:]))
    room = [*firm.strangers, *(f"250.{n // 250}.{n % 250}.{Random(f'{firm.seed}/room/{n}').randrange(2, 250)}" for n in range(_ROOM * len(wanted)))]
    made = {}
    for place, (name, at) in enumerate(wanted.items()):
        scenario, rng = known[name], Random(f"{firm.seed}/plant/{name}")
        day = _day(firm.seed, scenario, place, days) if at is None else int((at - START) // 86400)
        employee = next((e for e in staff[place % len(staff) :] if firm.presence(e.host, day)), staff[place % len(staff)])
        made[name] = Stage(firm, rng, days, employee, tuple(room[place * _ROOM : (place + 1) * _ROOM]), day, at)
    return made


def _day(seed: int, scenario: Scenario, place: int, days: int) -> int:
    if days <= _SHORT:
        return attack_day(days)
    able = [d for d in workdays(days) if d >= max(4, scenario.past)][:-1] or [attack_day(days)]
    order = Random(f"{seed}/days/{scenario.past}").sample(able, len(able))
    return order[place % len(order)]
