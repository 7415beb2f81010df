"""Programs that ask at fixed times and mean no harm: telemetry, the proxy's settings, updates, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import HOUR, every
from vidocq.simulation.firm import PROXIED, Firm, Host
from vidocq.simulation.line import Line, Part
from vidocq.simulation.network import resolve, visit
from vidocq.simulation.zeek import Web, conn, ends, http

_CHECKING = 3
"""How many of the workstations run the client that checks the proxy each thirty seconds."""


def _telemetry(firm: Firm, rng: Random, host: Host, start: float, end: float) -> Iterator[Line]:
    """Each 300 seconds, on every workstation, to one vendor; now and then a larger report."""
    vendor = firm.vendors["telemetry"]
    for at in every(rng, start + rng.uniform(5, 300), end, 300, 0.005):
        size = rng.randint(9_000, 60_000) if rng.random() < 0.01 else rng.randint(1_180, 1_240)
        yield from visit(firm, rng, at, host.ip, vendor, client="agent", known=0.92, sent=size, received=rng.randint(640, 680), duration=rng.uniform(0.2, 0.5))


def _proxy_check(firm: Firm, rng: Random, host: Host, start: float, end: float) -> Iterator[Line]:
    """Each 30 seconds the client asks the proxy for its settings: for the file itself each quarter of an hour, else whether it changed."""
    proxy = firm.servers["proxy"]
    for n, at in enumerate(every(rng, start + rng.uniform(2, 30), end, 30, 0.02)):
        full = n % 30 == 0
        web = Web(
            f"proxy.{firm.domain}",
            "/wpad.dat",
            "GET" if full else "HEAD",
            "WinHttp-Autoproxy-Service/5.1",
            200 if full else 304,
            0,
            2_311 if full else 0,
            "text/plain" if full else None,
        )
        yield from http(rng, at, host.ip, proxy.ip, 8080, web)


def _updates(firm: Firm, rng: Random, host: Host, start: float, end: float) -> Iterator[Line]:
    """About each hour, seldom on time; once in a while something is fetched in clear text, signed inside."""
    vendor, scanner = firm.vendors["update"], firm.vendors["antivirus"]
    for at in every(rng, start + rng.uniform(30, HOUR), end, HOUR, 0.25):
        yield from visit(firm, rng, at, host.ip, vendor, client="updater", known=0.3, sent=rng.randint(2_000, 2_600), received=rng.randint(4_000, 12_000))
        if rng.random() < 0.06:
            package = f"/content/{rng.randrange(60)}/package-{rng.randrange(400)}.cab"
            yield from resolve(firm, rng, at + 2, host.ip, f"dl.{vendor.domain}", vendor.addresses)
            web = Web(
                f"dl.{vendor.domain}",
                package,
                "GET",
                "Microsoft-Delivery-Optimization/10.0",
                200,
                0,
                rng.randint(200_000, 40_000_000),
                "application/vnd.ms-cab-compressed",
            )
            yield from http(rng, at + 2.1, host.ip, vendor.addresses[0], 80, web, gap=rng.uniform(1, 20))
    for at in every(rng, start + rng.uniform(60, HOUR), end, 4 * HOUR, 0.2):
        yield from visit(firm, rng, at, host.ip, scanner, client="updater", known=0.2, received=rng.randint(20_000, 900_000))


def _clock(firm: Firm, rng: Random, host: Host, start: float, end: float) -> Iterator[Line]:
    """NTP about each half hour."""
    for at in every(rng, start + rng.uniform(0, 1800), end, 2048, 0.01):
        yield conn(ends(rng, at, host.ip, rng.choice(firm.vendors["time"].addresses), 123), rng.uniform(0.01, 0.06), 48, 48, "ntp", "udp")


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for n, host in enumerate(firm.workstations):
        on = firm.presence(host, day)
        if not on:
            continue
        for poller in (_telemetry, _updates, _clock):
            yield from poller(firm, rng, host, *on)
        if PROXIED <= n < PROXIED + _CHECKING:
            yield from _proxy_check(firm, rng, host, *on)


PART = Part("network", tell)
