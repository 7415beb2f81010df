"""Machines ask for an address when they are switched on, and each four hours whether they may keep it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import HOUR, every
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.zeek import lease


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for host in firm.workstations:
        on = firm.presence(host, day)
        if on:
            for n, at in enumerate(every(rng, on[0] + 2, on[1], 4 * HOUR, 0.01)):
                yield lease(rng, at, firm.servers["directory"].ip, host.name, host.ip, firm.domain, renewed=n > 0)


PART = Part("network", tell)
