"""What the servers do: they are pinged each minute, copied at night, updated from a mirror, and administered through a jump host."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import HOUR, every, is_workday, midnight, office_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.network import resolve, visit
from vidocq.simulation.zeek import Web, conn, dns, ends, http, ping, ssh

_PINGED = ("files", "mail", "database", "web")
_APT = "Debian APT-HTTP/1.3 (2.6.1) non-interactive"


def _monitoring(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    monitor = firm.servers["monitor"].ip
    for at in every(rng, midnight(day) + 3, midnight(day + 1), 60, 0.001):
        for n, role in enumerate(_PINGED):
            yield ping(rng, at + n * 0.05, monitor, firm.servers[role].ip)
    for at in every(rng, midnight(day) + 20, midnight(day + 1), 300, 0.001):
        yield from http(
            rng,
            at,
            monitor,
            firm.servers["web"].ip,
            3000,
            Web(f"www.{firm.domain}", "/api/health", agent="Prometheus/2.53.1", answered=17, mime="application/json"),
        )


def _resolver(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Servers ask for each other and for names of addresses; some do not exist."""
    servers = list(firm.servers.values())
    for at in every(rng, midnight(day) + 1, midnight(day + 1), 150, 0.9):
        asking, other = rng.sample(servers, 2)
        if rng.random() < 0.3:
            yield from dns(rng, at, asking.ip, firm.servers["resolver"].ip, ".".join(reversed(other.ip.split("."))) + ".in-addr.arpa", qtype="PTR")
        else:
            yield from resolve(firm, rng, at, asking.ip, f"{other.name}.{firm.domain}", (other.ip,), 3600)


def _copies(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """At night every server is read by the backup host, which uploads what changed to an object store."""
    backup, at = firm.servers["backup"].ip, midnight(day) + 1.0 * HOUR + rng.uniform(0, 60)
    for role in ("files", "mail", "database", "web", "build"):
        lasts = rng.uniform(300, 1500)
        yield conn(ends(rng, at, backup, firm.servers[role].ip, 9102), lasts, 40_000, int(rng.uniform(0.4, 3) * 1e9))
        at += lasts + rng.uniform(5, 30)
    for _ in range(rng.randint(20, 30)):
        yield from visit(
            firm,
            rng,
            at,
            backup,
            firm.vendors["objects"],
            firm.buckets[0],
            "agent",
            0.7,
            rng.randint(40_000_000, 520_000_000),
            rng.randint(4_000, 9_000),
            rng.uniform(20, 200),
        )
        at += rng.uniform(20, 120)


def _mirror(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Each server looks for updates daily; the web server's own hook fetches its runtime with curl."""
    mirror = firm.vendors["mirror"]
    for role in ("web", "build", "database", "monitor", "jump"):
        at, ip = midnight(day) + rng.uniform(4, 7) * HOUR, firm.servers[role].ip
        yield from resolve(firm, rng, at, ip, mirror.domain, mirror.addresses)
        lists = [
            Web(mirror.domain, f"/debian/dists/bookworm/{n}", agent=_APT, answered=rng.randint(9_000, 300_000), mime="text/plain")
            for n in ("InRelease", "main/Packages.diff")
        ]
        debs = [
            Web(
                mirror.domain,
                f"/debian/pool/main/p/package-{rng.randrange(500)}.deb",
                agent=_APT,
                answered=rng.randint(20_000, 9_000_000),
                mime="application/x-debian-package",
            )
            for _ in range(rng.randint(0, 3))
        ]
        yield from http(rng, at + 0.2, ip, mirror.addresses[0], 80, *lists, *debs)


def _administration(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Administrators come to the jump host from their homes and go on from there."""
    admins = [p for p in firm.people if p.kind in ("admin", "oncall")]
    for at in office_times(rng, day, 6):
        lasts, jump = rng.uniform(60, 5000), firm.servers["jump"].ip
        yield from ssh(
            rng,
            at,
            rng.choice(admins).home,
            jump,
            True,
            rng.choice((1, 1, 1, 2)),
            "SSH-2.0-OpenSSH_9.6p1",
            lasts,
            int(lasts * 30) + 3_000,
            int(lasts * 90) + 4_000,
        )
        yield from ssh(
            rng,
            at + 9,
            jump,
            firm.servers[rng.choice(("web", "build", "database"))].ip,
            True,
            1,
            "SSH-2.0-OpenSSH_9.2p1",
            lasts - 20,
            int(lasts * 28) + 3_000,
            int(lasts * 85) + 4_000,
        )


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    yield from _monitoring(firm, rng, day)
    yield from _resolver(firm, rng, day)
    yield from _copies(firm, rng, day)
    yield from _mirror(firm, rng, day)
    if is_workday(day):
        yield from _administration(firm, rng, day)


PART = Part("network", tell)
