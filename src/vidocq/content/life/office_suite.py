"""Programs that keep one conversation open for hours, and the shares and mail inside."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import HOUR, MINUTE, office_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.network import visit
from vidocq.simulation.zeek import conn, ends


def _kept_open(firm: Firm, rng: Random, ip: str, start: float, end: float) -> Iterator[Line]:
    """The suite and the chat hold a connection until it breaks, then open the next at once."""
    for kind in ("suite", "chat"):
        at = start + rng.uniform(30, 200)
        while at < end - 10 * MINUTE:
            lasts = min(end - at, rng.uniform(0.6, 5) * HOUR)
            yield from visit(firm, rng, at, ip, firm.vendors[kind], "outlook" if kind == "suite" else "", "suite", 0.2, int(lasts * 9), int(lasts * 40), lasts)
            at += lasts + rng.uniform(1, 60)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for host in firm.workstations:
        on = firm.presence(host, day)
        if not on:
            continue
        yield from _kept_open(firm, rng, host.ip, *on)
        for at in office_times(rng, day, 16):
            if on[0] <= at < on[1]:
                share = ends(rng, at, host.ip, firm.servers["files"].ip, 445)
                yield conn(share, rng.uniform(1, 900), int(rng.lognormvariate(9, 1.2)), int(rng.lognormvariate(11, 1.8)), "gssapi,smb,ntlm")
        for at in office_times(rng, day, 6):
            if on[0] <= at < on[1]:
                yield conn(
                    ends(rng, at, host.ip, firm.servers["mail"].ip, 993),
                    rng.uniform(5, 600),
                    int(rng.lognormvariate(8, 1)),
                    int(rng.lognormvariate(10, 1.4)),
                    "ssl",
                )


PART = Part("network", tell)
