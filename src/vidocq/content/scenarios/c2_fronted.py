"""A program that calls home behind a name that half the web shares: its handshake names a content network, what it says goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from vidocq.simulation.beacon import while_on
from vidocq.simulation.clock import HOUR
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import tls


def play(stage: Stage) -> Story:
    """Sizes vary, so that no two calls are alike; the name and the addresses are those of pages that everybody visits."""
    firm, rng, host = stage.firm, stage.rng, stage.workstation
    site, client = rng.choice(firm.shared), rng.choice(("go", "schannel", "winhttp"))
    period, jitter = rng.uniform(50, 200), rng.uniform(0.2, 0.5)

    def calls() -> Iterator[Line]:
        asked = 0.0
        for start, end in while_on(firm, host, stage.days, rng.uniform(0.5, 4) * HOUR):
            at = start
            while at < end:
                if at - asked > 300:
                    yield from resolve(firm, rng, at - 0.06, host.ip, site.domain, site.addresses)
                    asked = at
                task = rng.random() < 0.04
                sent, received = (rng.randint(4_000, 900_000), rng.randint(2_000, 90_000)) if task else (int(rng.lognormvariate(6.9, 0.5)) + 600, int(rng.lognormvariate(7.2, 0.6)) + 500)
                yield from tls(rng, at, host.ip, rng.choice(site.addresses), site.domain, rng.uniform(0.1, 1.5), sent, received, client)
                at += period * (1 + rng.uniform(-jitter, jitter))

    touch = (("domain", site.domain), ("ip", host.ip), *(("ip", a) for a in site.addresses))
    return Story("a program calls home behind a shared name", (Step("1-calls", f"{host.ip} calls {site.domain} again and again, with a client that nobody else has", ("T1090.004", "T1071.001"), tuple(calls()), touch),), touch)


SCENARIO = Scenario("c2-fronted", "network", play, what="a program that calls home behind the name of a content network, with varying sizes")
