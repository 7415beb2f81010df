"""The twin of the fronted program: a page that one person keeps open asks its content network for news, in a browser, in office hours."""

from __future__ import annotations

from collections.abc import Iterator

from vidocq.simulation.clock import HOUR
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import tls


def play(stage: Stage) -> Story:
    """A board with figures; whoever sits there opens it in the morning and closes it when they go. Now and then they write something."""
    firm, rng, host = stage.firm, stage.rng, stage.workstation
    site, period = rng.choice(firm.shared), rng.choice((30, 60, 60, 120))

    def polls() -> Iterator[Line]:
        for day in range(stage.days):
            on = firm.presence(host, day)
            if not on:
                continue
            at, end, asked = on[0] + rng.uniform(0.2, 1.5) * HOUR, on[1] - rng.uniform(0, 1) * HOUR, 0.0
            while at < end:
                if at - asked > 300:
                    yield from resolve(firm, rng, at - 0.06, host.ip, site.domain, site.addresses)
                    asked = at
                written = rng.random() < 0.02
                sent, received = (rng.randint(3_000, 60_000) if written else int(rng.lognormvariate(6.8, 0.3)) + 600), int(rng.lognormvariate(8.2, 1.0)) + 800
                yield from tls(rng, at, host.ip, rng.choice(site.addresses), site.domain, rng.uniform(0.1, 1.5), sent, received, "browser", resumed=rng.random() < 0.6)
                at += period * (1 + rng.uniform(-0.05, 0.4))

    return Story("a board that is kept open", (Step("1-polls", f"a page on {host.ip} asks for news", (), tuple(polls())),), (("domain", site.domain), ("ip", host.ip)))


SCENARIO = Scenario("c2-fronted-twin", "network", play, hostile=False, twin_of="c2-fronted", what="an innocent twin: a page that one person keeps open asks a content network for news")
