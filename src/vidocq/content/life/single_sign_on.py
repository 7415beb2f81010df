"""People open the firm's other applications through its identity provider: a session in the morning, applications one after the other, now and then a wrong password."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import okta
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import Spell, desk, factor, newcomers, spells

_EVERYBODY = okta.APPS[:3]


def _apps(rng: Random, who: Employee) -> list[str]:
    known = okta.APPS if who.department == "technology" else (*_EVERYBODY, "Customer Desk") if who.department in ("sales", "service") else _EVERYBODY
    return rng.choices(known, k=rng.randint(1, 4))


def _day(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    device, at = desk(firm, who), spell.start + rng.uniform(120, 2400)
    if rng.random() < 0.07:
        for n in range(rng.choice((1, 1, 2, 3))):
            yield okta.event(firm, rng, at - 20 * (n + 1), "user.session.start", who, spell.address, device, failed="INVALID_CREDENTIALS")
    used = factor(firm, who)
    if used == "push" and rng.random() < 0.03:
        yield okta.event(firm, rng, at - 4, "user.authentication.auth_via_mfa", who, spell.address, device, [okta.person(firm, who)], failed="INVALID_CREDENTIALS", factor="push")
    yield from okta.session(firm, rng, at, who, spell.address, device, used, _apps(rng, who))
    if rng.random() < 0.3:
        yield okta.event(firm, rng, spell.end - rng.uniform(30, 600), "user.session.end", who, spell.address, device)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for who in (*firm.staff, *newcomers(firm, day)):
        for spell in spells(firm, who, day):
            if spell.end - spell.start > 3600:
                yield from _day(firm, rng, who, spell)


PART = Part("identity", tell)
