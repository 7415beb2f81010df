"""The twin of the slow program: an agent that only one machine has, because only there a licence or a fleet of printers is looked after."""

from __future__ import annotations

from vidocq.simulation.beacon import calls, slow
from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.words import NATURE, TRADE


def play(stage: Stage) -> Story:
    """It has run since long before the example begins, whenever the machine is on."""
    firm, rng, host, address = stage.firm, stage.rng, stage.workstation, stage.strangers[1]
    domain = f"{rng.choice(('licence', 'fleet', 'devices', 'activation'))}.{rng.choice(NATURE)}{rng.choice(TRADE)}.example"
    lines: list[Line] = []
    for day in range(stage.days):
        on = firm.presence(host, day)
        if on:
            times = slow(rng, midnight(day), on[0] + rng.uniform(0.01, 0.2) * HOUR, on[1])
            lines += calls(firm, rng, times, host, domain, address, "agent")
    return Story("an agent of one machine reports in office hours", (Step("1-reports", f"{host.ip} reports to {domain} each five minutes", (), tuple(lines)),), (("domain", domain), ("ip", address)))


SCENARIO = Scenario("c2-office-hours-twin", "network", play, hostile=False, twin_of="c2-office-hours", what="an innocent twin: a licence or printer agent that one machine alone has, reporting each five minutes in office hours")
