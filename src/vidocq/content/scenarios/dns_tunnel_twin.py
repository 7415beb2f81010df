"""The twin of the tunnel: a virus scanner asks its maker by DNS what each file is known for, and pages come from names that a content network made."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import HOUR, MINUTE, any_times, office_times
from vidocq.simulation.firm import Firm, Host
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import visit
from vidocq.simulation.zeek import dns

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def _asked(firm: Firm, rng: Random, at: float, host: Host, kind: str, number: str) -> Iterator[Line]:
    """The file's fingerprint stands in the name, its length and the installation's number beside it; the answer is a verdict of a few bytes."""
    name = f"{ids.letters(rng, 52, _BASE32)}.{rng.randrange(10**6):x}.{number}.files.{firm.vendors['antivirus'].domain}"
    verdict = f"t=0;c={rng.randrange(100)};v={rng.randrange(4)}" if kind == "TXT" else f"127.0.{rng.randrange(4)}.{rng.randrange(1, 255)}"
    return dns(rng, at, host.ip, firm.servers["resolver"].ip, name, (verdict,), kind, 3600, size=len(name) + 60)


def _daily(stage: Stage, kind: str) -> tuple[Line, ...]:
    """Whatever is opened on any machine is asked about, now and then."""
    firm, rng, lines = stage.firm, stage.rng, list[Line]()
    for day in range(stage.days):
        for host in firm.workstations:
            on, number = firm.presence(host, day), f"{Random(f'{firm.seed}/{host.ip}').getrandbits(40):x}"
            for at in office_times(rng, day, 25):
                if on and on[0] <= at < on[1]:
                    lines += _asked(firm, rng, at, host, kind, number)
    return tuple(lines)


def _whole_disk(stage: Stage, kind: str) -> tuple[Line, ...]:
    """Once, a whole disk is scanned: each file that its own tables do not know is asked about."""
    firm, rng, host, lines = stage.firm, stage.rng, stage.workstation, list[Line]()
    at = stage.moment(10, 15)
    end, number = at + rng.uniform(25, 70) * MINUTE, f"{Random(f'{firm.seed}/{host.ip}').getrandbits(40):x}"
    while at < end:
        lines += _asked(firm, rng, at, host, kind, number)
        at += rng.expovariate(0.9) + 0.05
    return tuple(lines)


def _pages(stage: Stage) -> tuple[Line, ...]:
    """A content network gives every customer, and every visit, a name of its own."""
    firm, rng, lines = stage.firm, stage.rng, list[Line]()
    site, customers = firm.shared[0], [ids.letters(rng, 14, _BASE32) for _ in range(6)]
    for day in range(stage.days):
        for at in any_times(rng, day, 120):
            host = rng.choice(firm.workstations)
            on = firm.presence(host, day)
            if on and on[0] + 60 < at < on[1] - HOUR / 6:
                name = f"{ids.hexes(rng, 32)}-{ids.hexes(rng, 8)}.{rng.choice(customers)}"
                lines += visit(firm, rng, at, host.ip, site, name, known=0.1)
    return tuple(lines)


def play(stage: Stage) -> Story:
    kind = stage.rng.choice(("TXT", "A"))
    steps = (
        Step("1-daily", "the virus scanner asks about what is opened", (), _daily(stage, kind)),
        Step("2-whole-disk", "a whole disk is scanned, and each file asked about", (), _whole_disk(stage, kind)),
        Step("3-pages", "pages come from long names of a content network", (), _pages(stage)),
    )
    return Story("files looked up by DNS", steps, (("domain", stage.firm.vendors["antivirus"].domain), ("ip", stage.workstation.ip)))


SCENARIO = Scenario("dns-tunnel-twin", "network", play, hostile=False, twin_of="dns-tunnel", what="an innocent twin: a virus scanner looks up fingerprints by DNS, a content network makes long names")
