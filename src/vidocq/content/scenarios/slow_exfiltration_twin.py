"""The twin of the slow theft: a designer's folder is kept the same here and at an agency that nobody else works with, day after day."""

from __future__ import annotations

from vidocq.simulation.clock import HOUR, is_workday
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import NATURE
from vidocq.simulation.zeek import tls


def play(stage: Stage) -> Story:
    """The client asks each ten minutes whether the other side changed something; drafts go there, corrections come back, on some days more, on some none."""
    firm, rng, host = stage.firm, stage.rng, stage.workstation
    name, addresses = f"{rng.choice(('sync', 'files', 'studio'))}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example", (stage.strangers[1], stage.strangers[3])
    lines: list[Line] = []
    # A new project begins in the middle of the example, as projects do.
    for day in range(min(3, stage.day), stage.days):
        on = firm.presence(host, day)
        if not on or not is_workday(day) or on[1] - on[0] < 2 * HOUR:
            continue
        at = on[0] + 120
        while at < on[1]:
            lines += resolve(firm, rng, at - 0.06, host.ip, name, addresses)
            lines += tls(rng, at, host.ip, rng.choice(addresses), name, rng.uniform(0.2, 2), rng.randint(900, 1_400), rng.randint(1_500, 4_000), "sync")
            at += 600 * rng.uniform(0.9, 1.1)
        for _ in range(rng.randint(0, 6)):
            out = rng.random() < 0.65
            big, small = int(rng.lognormvariate(16, 1)), rng.randint(4_000, 90_000)
            lines += tls(rng, rng.uniform(on[0] + HOUR / 2, on[1] - HOUR / 2), host.ip, rng.choice(addresses), name, rng.uniform(2, 60), big if out else small, small if out else big, "sync")
    lines.sort(key=lambda line: line.at)
    return Story("a designer's folder, kept the same in two places", (Step("1-sync", f"{host.ip} keeps a folder in step with {name}", (), tuple(lines)),), (("domain", name), ("ip", host.ip)))


SCENARIO = Scenario("slow-exfiltration-twin", "network", play, hostile=False, twin_of="slow-exfiltration", what="an innocent twin: a designer's folder kept in step with an agency's, day after day", past=15)
