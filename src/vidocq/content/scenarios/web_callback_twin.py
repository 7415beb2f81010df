"""The twin of the exploited web application: a partner posts orders to it, it calls the partner's interface back, and it fetches packages with curl."""

from __future__ import annotations

from random import Random

from vidocq.simulation.clock import HOUR, any_times, every, midnight, office_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.shop import PORT
from vidocq.simulation.zeek import Web, http, tls

_PARTNER_PORT = 8443


def _hooks(firm: Firm, rng: Random, day: int) -> list[Line]:
    """The partner posts an order; the server asks the partner's interface for its details at once."""
    lines: list[Line] = []
    for at in [*any_times(rng, day, 20), *office_times(rng, day, 50)]:
        order = Web(
            f"www.{firm.domain}",
            "/api/hooks/orders",
            "POST",
            "partner-hooks/3.2",
            200,
            rng.randint(700, 4_000),
            rng.randint(20, 60),
            "application/json",
            "application/json",
        )
        lines += http(rng, at, firm.partner, firm.servers["web"].ip, PORT, order)
        lines += tls(
            rng,
            at + rng.uniform(0.5, 4),
            firm.servers["web"].ip,
            firm.partner,
            "api.partner.example",
            rng.uniform(0.2, 1),
            rng.randint(700, 1_100),
            rng.randint(900, 7_000),
            "node",
            _PARTNER_PORT,
        )
    return lines


def _polls(firm: Firm, rng: Random, day: int) -> list[Line]:
    """Each minute, day and night, the server asks whether there is news."""
    lines: list[Line] = []
    for n, at in enumerate(every(rng, midnight(day) + 7, midnight(day + 1), 60, 0.03)):
        if n % 10 == 0:
            lines += resolve(firm, rng, at - 0.05, firm.servers["web"].ip, "api.partner.example", (firm.partner,), 600)
        lines += tls(
            rng,
            at,
            firm.servers["web"].ip,
            firm.partner,
            "api.partner.example",
            rng.uniform(0.1, 0.4),
            rng.randint(690, 720),
            rng.randint(340, 380),
            "node",
            _PARTNER_PORT,
            resumed=True,
        )
    return lines


def _packages(firm: Firm, rng: Random, day: int) -> list[Line]:
    """The deployment's hook fetches the runtime from the mirror with curl."""
    mirror, at, web = firm.vendors["mirror"], midnight(day) + rng.uniform(10, 11) * HOUR, firm.servers["web"].ip
    asked = [
        Web(mirror.domain, f"/node/v20.18.{day}/{name}", agent="curl/7.88.1", answered=size, mime=mime)
        for name, size, mime in (
            ("SHASUMS256.txt", 3_100, "text/plain"),
            ("node-linux-x64.tar.gz", 42_000_000, "application/x-gzip"),
            ("migrate", 3_800_000, "application/x-executable"),
        )
    ]
    return [*resolve(firm, rng, at, web, mirror.domain, mirror.addresses), *http(rng, at + 0.1, web, mirror.addresses[0], 80, *asked, gap=3)]


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    steps = tuple(
        Step(name, title, (), tuple(line for day in range(stage.days) for line in tell(firm, rng, day)))
        for name, title, tell in (
            ("1-hooks", "a partner posts orders and is called back", _hooks),
            ("2-polls", "the partner's interface is asked each minute", _polls),
            ("3-packages", "packages are fetched with curl", _packages),
        )
    )
    return Story("a partner's orders, and the calls they lead to", steps, (("ip", firm.partner),))


SCENARIO = Scenario("web-callback-twin", "network", play, hostile=False, twin_of="web-callback", what="an innocent twin: webhooks of a partner, calls back, packages fetched with curl")
