"""Two programs that call home: one each minute with so much jitter that no period shows, one slowly and only in office hours."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import HOUR, workdays
from vidocq.simulation.firm import Firm, Host
from vidocq.simulation.line import Line, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import CHANNEL, NATURE
from vidocq.simulation.zeek import tls


def while_on(firm: Firm, host: Host, days: int, late: float) -> Iterator[tuple[float, float]]:
    """From when to when the machine is on during the last three working days; `late` shifts the first of them, when the program arrives."""
    # A short example keeps its first two days for life without it: novelty needs a past.
    work = workdays(days)
    for n, day in enumerate([d for d in work[-3:] if d >= min(2, work[-1])]):
        on = firm.presence(host, day)
        if on:
            yield on[0] + (late if n == 0 else 30), on[1]


def _call(firm: Firm, rng: Random, at: float, host: Host, domain: str, address: str, client: str) -> Iterator[Line]:
    """One call home; mostly there is nothing to do, now and then a task comes and its result goes."""
    task = rng.random() < 0.02
    sent, received = (rng.randint(6_000, 400_000), rng.randint(2_000, 90_000)) if task else (rng.randint(760, 840), rng.randint(2_080, 2_210))
    yield from tls(rng, at, host.ip, address, domain, rng.uniform(0.15, 0.6), sent, received, client)


def calls(firm: Firm, rng: Random, times: Iterator[float], host: Host, domain: str, address: str, client: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    asked = 0.0
    for at in times:
        if at - asked > 300:
            # The answer is good for five minutes.
            lines += resolve(firm, rng, at - 0.06, host.ip, domain, (address,), 300)
            asked = at
        lines += _call(firm, rng, at, host, domain, address, client)
    return tuple(lines)


def jittered(rng: Random, start: float, end: float) -> Iterator[float]:
    # Sleep is cut by up to the jitter, as the usual tools do.
    at = start
    while at < end:
        yield at
        at += 60 * (1 - rng.uniform(0, 0.8)) + rng.uniform(0.1, 0.5)


def slow(rng: Random, day_start: float, start: float, end: float) -> Iterator[float]:
    at = max(start, day_start + 9 * HOUR + rng.uniform(0, 300))
    while at < min(end, day_start + 17 * HOUR):
        yield at
        at += 300 * (1 + rng.uniform(-0.2, 0.2))


def domain_of_channel(rng: Random) -> str:
    return f"{rng.choice(CHANNEL)}.{rng.choice(NATURE)}{rng.choice(NATURE)}-{rng.choice(('cdn', 'app', 'cloud', 'web'))}.example"


def story_of(host: Host, domain: str, address: str, lines: tuple[Line, ...], how: str, techniques: tuple[str, ...]) -> Story:
    touch = (("domain", domain), ("ip", address), ("ip", host.ip))
    return Story(f"a program calls home {how}", (Step("1-calls", f"{host.ip} calls {domain} {how}", techniques, lines, touch),), touch)
