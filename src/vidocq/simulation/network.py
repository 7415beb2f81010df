"""What every conversation of a machine inside begins with: a question to the resolver, unless the answer is still known."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.firm import Firm, Site
from vidocq.simulation.line import Line
from vidocq.simulation.zeek import dns, tls


def resolve(firm: Firm, rng: Random, at: float, src: str, name: str, addresses: tuple[str, ...], ttl: int = 300) -> Iterator[Line]:
    """The machine asks the firm's own resolver."""
    return dns(rng, at, src, firm.servers["resolver"].ip, name, addresses, ttl=ttl)


def visit(
    firm: Firm,
    rng: Random,
    at: float,
    src: str,
    site: Site,
    host: str = "",
    client: str = "browser",
    known: float = 0.6,
    sent: int = 0,
    received: int = 0,
    duration: float = 0.0,
) -> Iterator[Line]:
    """A TLS conversation with a site, after asking for its name unless it is `known` (a probability). What is not given is drawn."""
    name = f"{host}.{site.domain}" if host else site.domain
    if rng.random() > known:
        yield from resolve(firm, rng, at - rng.uniform(0.01, 0.08), src, name, site.addresses)
    yield from tls(
        rng,
        at,
        src,
        rng.choice(site.addresses),
        name,
        duration or min(900.0, rng.lognormvariate(1.5, 1.6)),
        sent or int(rng.lognormvariate(7.6, 0.9)) + 500,
        received or int(rng.lognormvariate(9.6, 1.5)) + 900,
        client,
        resumed=rng.random() < 0.4,
    )
