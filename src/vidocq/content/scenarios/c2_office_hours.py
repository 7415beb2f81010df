"""A program that calls home slowly, and only in office hours."""

from __future__ import annotations

from collections.abc import Iterator

from vidocq.simulation.beacon import calls, domain_of_channel, slow, story_of, while_on
from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.line import Scenario, Stage, Story


def play(stage: Stage) -> Story:
    firm, rng, host, address = stage.firm, stage.rng, stage.workstation, stage.strangers[0]
    domain = domain_of_channel(rng)

    def times() -> Iterator[float]:
        for start, end in while_on(firm, host, stage.days, rng.uniform(0.2, 2) * HOUR):
            yield from slow(rng, midnight(int((start - midnight(0)) // (24 * HOUR))), start, end)

    return story_of(host, domain, address, calls(firm, rng, times(), host, domain, address, "go"), "each five minutes, in office hours", ("T1071.001", "T1029"))


SCENARIO = Scenario("c2-office-hours", "network", play, what="a program that calls home each five minutes, from nine to five")
