"""People at their desks: pages that pull in twenty hosts at once, long silences, a third of it through the proxy."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import office_times
from vidocq.simulation.firm import PROXIED, Firm, Host, Site
from vidocq.simulation.line import Line, Part
from vidocq.simulation.network import visit
from vidocq.simulation.zeek import Web, http


def _page(firm: Firm, rng: Random, at: float, site: Site) -> Iterator[tuple[float, Site, str]]:
    """What one page pulls in: its own hosts, and those that half the web shares."""
    yield at, site, rng.choice(("www", ""))
    for host in rng.sample(("img", "static", "api"), rng.randint(0, 2)):
        yield at + rng.uniform(0.2, 1.5), site, host
    for shared in rng.sample(firm.shared, rng.randint(1, 5)):
        yield at + rng.uniform(0.3, 4), shared, ""


def _through_proxy(firm: Firm, rng: Random, at: float, host: Host, site: Site, name: str) -> Iterator[Line]:
    proxy, size = firm.servers["proxy"], int(rng.lognormvariate(9.6, 1.5))
    target = f"{name}.{site.domain}:443" if name else f"{site.domain}:443"
    yield from http(rng, at, host.ip, proxy.ip, 3128, Web(target, target, "CONNECT", host.agent, answered=0, mime=None), gap=rng.uniform(1, 40))
    yield from visit(firm, rng, at + 0.01, proxy.ip, site, name, known=0.8, received=size + 900)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for n, host in enumerate(firm.workstations):
        on = firm.presence(host, day)
        # Everybody has a few sites of their own and now and then sees a new one.
        taste = Random(f"{firm.seed}/taste/{host.ip}").sample(firm.sites, 25)
        for at in office_times(rng, day, rng.choice((8, 14, 22))):
            if not on or not on[0] <= at < on[1]:
                continue
            site = rng.choice(taste) if rng.random() < 0.9 else rng.choice(firm.sites)
            for then, what, name in _page(firm, rng, at, site):
                yield from _through_proxy(firm, rng, then, host, what, name) if n < PROXIED else visit(firm, rng, then, host.ip, what, name)


PART = Part("network", tell)
