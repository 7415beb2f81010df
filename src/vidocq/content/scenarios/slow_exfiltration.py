"""Over three weeks a little more leaves each day, in office hours, for a name that nobody else here visits."""

from __future__ import annotations

from random import Random

from vidocq.simulation.clock import HOUR, is_workday, midnight
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import NATURE
from vidocq.simulation.zeek import tls


def _day(stage: Stage, rng: Random, day: int, name: str, megabytes: float) -> list[Line]:
    """A few uploads in the afternoon, each a small archive; nothing on days when the machine is off."""
    on, lines, host = stage.firm.presence(stage.workstation, day), list[Line](), stage.workstation
    if not on or on[1] - on[0] < 3 * HOUR:
        return []
    times = sorted(rng.uniform(on[0] + HOUR, on[1] - HOUR) for _ in range(rng.randint(2, 5)))
    for at in times:
        lines += resolve(stage.firm, rng, at - 0.06, host.ip, name, stage.strangers[:1])
        lines += tls(rng, at, host.ip, stage.strangers[0], name, rng.uniform(2, 60), int(megabytes * 1e6 / len(times) * rng.uniform(0.7, 1.3)), rng.randint(3_000, 20_000), "go")
    return lines


def play(stage: Stage) -> Story:
    rng, host = stage.rng, stage.workstation
    name = f"{rng.choice(('static', 'api', 'sync', 'media'))}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    first = max(0, stage.day - 15) if stage.days > 1 else 0
    # Where the example is long enough, life without it comes first.
    first = max(first, min(3, stage.day))
    days = [d for d in range(first, stage.days) if is_workday(d)]
    megabytes, lines = rng.uniform(1.5, 4), list[Line]()
    for day in days:
        lines += _day(stage, rng, day, name, megabytes)
        megabytes *= rng.uniform(1.05, 1.4)
    if not lines:
        at = stage.moment(9, 16)
        lines += tls(rng, max(at, midnight(0)), host.ip, stage.strangers[0], name, 20, 3_000_000, 9_000, "go")
    touch = (("ip", host.ip), ("ip", stage.strangers[0]), ("domain", name))
    return Story("a little each day", (Step("1-uploads", f"each day {host.ip} sends a little more to {name}", ("T1041", "T1029", "T1030"), tuple(lines), touch),), touch)


SCENARIO = Scenario("slow-exfiltration", "network", play, what="a little more is uploaded each working day, over three weeks, to a name nobody else visits", past=15)
