"""People sign in to the office suite: from the office, from home, over the VPN, with the telephone; passwords are mistyped and prompts missed, and tokens are renewed all day."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import entra, office
from vidocq.simulation.clock import HOUR, every, midnight
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import Device, Spell, carrier, desk, factor, newcomers, phone, spells, times

_PAGES = (entra.HOME, entra.OUTLOOK_WEB, entra.TEAMS, entra.HOME)
_PROGRAMS = (entra.OFFICE, entra.TEAMS, entra.SYNC)


def _signed_in(firm: Firm, rng: Random, at: float, who: Employee, address: str, device: Device, app: entra.App, asked: bool) -> Iterator[Line]:
    """One sign-in with what precedes it: a mistyped password, the demand for a second factor, a prompt that is not seen in time. `asked`: the session holds no factor any more."""
    used = factor(firm, who) if asked else "before"
    correlation = ""
    if asked and rng.random() < 0.12 and used != "key":
        for n in range(rng.choice((1, 1, 1, 2, 3))):
            then = at - 25 * (n + 1) - rng.uniform(0, 12)
            yield entra.sign_in(firm, rng, then, who, address, device, app, code=50126, factor=None)
            yield office.entry(firm, rng, then, who, address, device.agent, app.id, 50126)
    if asked and used != "key":
        first = entra.sign_in(firm, rng, at, who, address, device, app, code=50074, factor=used)
        correlation = first.record["correlationId"]
        yield first
    if used == "push" and rng.random() < 0.04:
        at += 60
        yield entra.sign_in(firm, rng, at, who, address, device, app, code=500121, factor="push", correlation=correlation)
        yield office.entry(firm, rng, at, who, address, device.agent, app.id, 500121)
    at += rng.uniform(6, 25) if asked else 0
    yield entra.sign_in(firm, rng, at, who, address, device, app, factor=used, correlation=correlation)
    yield office.entry(firm, rng, at, who, address, device.agent, app.id)


def _at_the_desk(firm: Firm, rng: Random, who: Employee, spell: Spell, first: bool) -> Iterator[Line]:
    device = desk(firm, who)
    if first and rng.random() < 0.8:
        yield from _signed_in(firm, rng, spell.start + rng.uniform(60, 900), who, spell.address, device, rng.choice(_PAGES), rng.random() < 0.4)
    for at in times(rng, spell, 1.2):
        yield from _signed_in(firm, rng, at, who, spell.address, device, rng.choice(_PAGES), rng.random() < 0.15)
    for at in every(rng, spell.start + rng.uniform(20, 1500), spell.end, 4200, 0.3):
        app = rng.choice(_PROGRAMS)
        yield entra.sign_in(firm, rng, at, who, spell.address, device, app, interactive=False, agent="Mozilla/5.0 (compatible; MSAL 1.0) PKeyAuth/1.0" if app is entra.SYNC else "")


def _on_the_phone(firm: Firm, rng: Random, who: Employee, day: int, worked: tuple[Spell, ...]) -> Iterator[Line]:
    """The telephone renews its tokens from morning to night: over the carrier, at home over the house's own network, in the office often over the wireless there."""
    device, outside = phone(firm, who), carrier(firm, who, day)
    for at in every(rng, midnight(day) + (6.4 + who.host.zone + rng.random()) * HOUR, midnight(day) + (22.5 + who.host.zone) * HOUR, 2.6 * HOUR, 0.5):
        here = next((s for s in worked if s.start <= at < s.end), None)
        there = here.address if here and here.where != "vpn" and rng.random() < 0.5 else who.home if rng.random() < 0.4 else outside
        yield entra.sign_in(firm, rng, at, who, there, device, rng.choice((entra.OUTLOOK_MOBILE, entra.OUTLOOK_MOBILE, entra.TEAMS)), interactive=False)
    if rng.random() < 0.05:
        at = midnight(day) + (rng.uniform(7, 21) + who.host.zone) * HOUR
        yield from _signed_in(firm, rng, at, who, outside, device, entra.OUTLOOK_MOBILE, True)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for who in (*firm.staff, *newcomers(firm, day)):
        worked = spells(firm, who, day)
        for n, spell in enumerate(worked):
            yield from _at_the_desk(firm, rng, who, spell, n == 0)
        yield from _on_the_phone(firm, rng, who, day, worked)


PART = Part("identity", tell)
