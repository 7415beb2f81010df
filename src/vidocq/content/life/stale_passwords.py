"""A password is changed, and one of its owner's old programs goes on with the former one: every half hour for days, until somebody thinks of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import entra, office
from vidocq.simulation.clock import HOUR, every, midnight
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import desk, device, phone

_OLD = (
    ("Exchange ActiveSync", "Apple-iPad11C6/2006.79", "home"), ("Exchange Web Services", "Mac OS X/12.7.6 (21H1320); ExchangeWebServices/10.0 (207);", "home"), ("IMAP4", "", "home"), ("Mobile Apps and Desktop clients", "", "phone"),
)
"""Kinds of old programs: what the log calls them, what they call themselves, where they stand."""


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """One of forty people a week; they change their password on Tuesday."""
    week = day // 7
    luck = Random(f"{firm.seed}/stale/{week}")
    for who in luck.sample(firm.staff, max(1, len(firm.staff) // 40)):
        kind, agent, where = luck.choice(_OLD)
        lasts = luck.randint(2, 4)
        if not 1 <= day % 7 <= 1 + lasts:
            continue
        start = midnight(day) + (luck.uniform(9, 11) * HOUR if day % 7 == 1 else 0)
        address = who.home
        program = phone(firm, who) if where == "phone" else device(agent or "IMAP")
        if day % 7 == 1:
            yield entra.audit(firm, rng, start - 120, who, firm.office, "Change user password", [entra.user_target(firm, who)])
            yield entra.sign_in(firm, rng, start - 60, who, firm.office, desk(firm, who), entra.HOME, factor="before")
        for n, at in enumerate(every(rng, start, midnight(day + 1), 1700, 0.2)):
            code = 50053 if n % 12 in (10, 11) else 50126
            yield entra.sign_in(firm, rng, at, who, address, program, entra.EXCHANGE, code=code, factor=None, client=kind, interactive=where != "phone")
            yield office.entry(firm, rng, at, who, address, program.agent, entra.EXCHANGE.id, code)


PART = Part("identity", tell)
