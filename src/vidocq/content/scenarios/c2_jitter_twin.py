"""The twin of the jittered program: a team tries a chat client that asks about once a minute, on several machines, and sends a picture now and then."""

from __future__ import annotations

from random import Random

from vidocq.simulation.beacon import calls, jittered, while_on
from vidocq.simulation.clock import HOUR
from vidocq.simulation.firm import PROXIED
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.words import NATURE


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    address, domain = stage.strangers[1], f"{rng.choice(('poll', 'events', 'rt', 'api'))}.{rng.choice(NATURE)}chat.example"
    team = [stage.workstation, *rng.sample([h for h in firm.workstations[PROXIED:] if h != stage.workstation], rng.randint(3, 6))]
    lines: list[Line] = []
    for host in team:
        dice = Random(f"{firm.seed}/{host.ip}/chat")
        times = (at for start, end in while_on(firm, host, stage.days, dice.uniform(0.3, 4) * HOUR) for at in jittered(dice, start, end))
        lines += calls(firm, dice, times, host, domain, address, "electron")
    return Story("a team tries a chat client", (Step("1-polls", "several machines ask the chat's server about once a minute", (), tuple(lines)),), (("domain", domain), ("ip", address)))


SCENARIO = Scenario("c2-jitter-twin", "network", play, hostile=False, twin_of="c2-jitter", what="an innocent twin: a team tries a chat client that polls once a minute with jitter")
