"""A tunnel through the firm's own resolver: what is sent is spelled into names, what comes back stands in the answers."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.words import NATURE
from vidocq.simulation.zeek import dns

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def _question(rng: Random, domain: str, n: int, full: bool) -> str:
    """A name that carries up to a hundred bytes, or only a number where there is nothing to say."""
    labels = [ids.letters(rng, rng.randint(50, 62), _BASE32) for _ in range(rng.randint(1, 3))] if full else []
    return ".".join([*labels, f"{n:x}{ids.letters(rng, 3, _BASE32)}", domain])


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    host, domain = stage.workstation, f"{rng.choice(('ns', 't', 'x', 'd'))}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    kind, at = rng.choice(("TXT", "TXT", "NULL", "CNAME")), stage.moment(9, 16)
    resolver, busy = firm.servers["resolver"].ip, at + rng.uniform(5, 15) * MINUTE
    end = busy + rng.uniform(20, 50) * MINUTE
    lines: list[Line] = []
    n = 0
    while at < end:
        full = at > busy
        answer = ids.letters(rng, rng.randint(40, 180) if full else 8)
        lines += dns(
            rng,
            at,
            host.ip,
            resolver,
            _question(rng, domain, n, full),
            (answer if kind != "CNAME" else f"{answer[:60]}.{domain}",),
            kind,
            0,
            size=len(answer) + 120,
        )
        n += 1
        at += rng.expovariate(1.2) + 0.05 if full else rng.uniform(3, 7)
    cut = sum(line.at <= busy for line in lines)
    touch = (("domain", domain), ("domain", domain.split(".", 1)[1]), ("ip", host.ip))
    steps = (
        Step("1-waiting", "short questions below one domain, each few seconds", ("T1071.004",), tuple(lines[:cut]), touch),
        Step("2-transfer", "long questions below one domain, many a second", ("T1048.003", "T1572"), tuple(lines[cut:]), touch),
    )
    return Story("a tunnel through the resolver", steps, touch)


SCENARIO = Scenario("dns-tunnel", "network", play, what="data leaves in the names that a workstation asks for")
