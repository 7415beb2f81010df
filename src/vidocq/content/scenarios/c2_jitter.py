"""A program that calls home each minute, with so much jitter that no period shows."""

from __future__ import annotations

from vidocq.simulation.beacon import calls, domain_of_channel, jittered, story_of, while_on
from vidocq.simulation.clock import HOUR
from vidocq.simulation.line import Scenario, Stage, Story


def play(stage: Stage) -> Story:
    firm, rng, host, address = stage.firm, stage.rng, stage.workstation, stage.strangers[0]
    domain = domain_of_channel(rng)
    times = (at for start, end in while_on(firm, host, stage.days, rng.uniform(1, 4) * HOUR) for at in jittered(rng, start, end))
    return story_of(
        host, domain, address, calls(firm, rng, times, host, domain, address, "schannel"), "each minute, with four fifths of jitter", ("T1071.001", "T1573")
    )


SCENARIO = Scenario("c2-jitter", "network", play, what="a program that calls home each minute, with 80 % jitter, for three working days")
