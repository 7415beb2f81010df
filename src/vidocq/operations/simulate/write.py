"""A case that can be investigated at once: a made-up firm's logs, what was planted in them, and the truth about it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from vidocq.catalogue import simulated
from vidocq.errors import UsageError
from vidocq.operations.simulate.cast import asked, drawn, stages
from vidocq.operations.simulate.context import write_context
from vidocq.operations.simulate.files import write_day
from vidocq.operations.simulate.truth import ORIGIN, Told, truth, write_labels
from vidocq.simulation.clock import midnight
from vidocq.simulation.firm import Firm, firm
from vidocq.simulation.line import Line, Part, Scenario, Story

DOMAINS = ("cloud", "network", "host", "identity", "mail")


@dataclass(frozen=True, slots=True)
class Plan:
    """A simulation before it is written: the firm, its life, and the stories that are played in it."""

    firm: Firm
    days: int
    life: tuple[tuple[str, Part], ...]
    stories: tuple[tuple[Scenario, Story], ...]

    def by_day(self) -> Iterator[list[Line]]:
        """The lines of each day in time order; what a story runs on past midnight belongs to the next day. Only one day is held at a time."""
        carried = [line for _, story in self.stories for step in story.steps for line in step.lines]
        for day in range(self.days):
            life = [line for name, part in self.life for line in part.tell(self.firm, Random(f"{self.firm.seed}/{name}/{day}"), day)]
            lines = [*carried, *life, *heard(self.firm, life)]
            carried = [line for line in lines if line.at >= midnight(day + 1)]
            yield sorted((line for line in lines if midnight(0) <= line.at < midnight(day + 1)), key=lambda line: (line.at, line.log, line.uid))


def plan(seed: int = 1, days: int = 7, scenarios: Sequence[str] | None = None, domains: Sequence[str] = DOMAINS, people: int = 20, servers: int = 12) -> Plan:
    """What the arguments make: the same plan for the same arguments. `scenarios` are ids, each with `@TIME` where wanted; None leaves the choice to the seed.

    `domains` leaves out the life of a kind of log that is not wanted. Raises UsageError.
    """
    if days < 1 or not 12 <= people <= 20_000:
        raise UsageError("simulate", "it needs at least one day and 12 to 20,000 people", "pass --days and --people within that")
    known = simulated("scenarios")
    wanted = asked(known, drawn(known, seed, days) if scenarios is None else scenarios, days)
    world = firm(seed, people, servers)
    stories = tuple((known[name], _within(_told(world, known[name].play(stage)), midnight(days))) for name, stage in stages(world, known, wanted, days).items())
    return Plan(world, days, tuple((name, p) for name, p in simulated("life").items() if p.domain in domains), stories)


def simulate(out: Path, seed: int = 1, days: int = 7, scenarios: Sequence[str] | None = None, domains: Sequence[str] = DOMAINS, people: int = 20, servers: int = 12) -> Plan:
    """`out` holds `input/` (logs), `context/` (who announces the addresses, the owner's machines), `truth.json` and `labels.csv`: the same bytes for the same arguments."""
    made = plan(seed, days, scenarios, domains, people, servers)
    _clear(out)
    told, logs = Told(), {log.of: log for log in simulated("logs").values()}
    for lines in made.by_day():
        told.note(lines)
        write_day(out / "input", logs, made.firm, lines)
    write_context(out / "context", made.firm, [a for s in made.stories for a in _addresses(s[1])])
    write_labels(out, made.stories, told)
    (out / "truth.json").write_text(json.dumps(truth(made.firm, days, made.stories, told), indent=1) + "\n")
    return made


def _addresses(story: Story) -> Iterator[str]:
    yield from (name for kind, name in (*story.touch, *(t for s in story.steps for t in s.touch)) if kind == "ip")


def heard(world: Firm, lines: Iterable[Line]) -> list[Line]:
    """What the products that watch others tell of these lines."""
    ears = [log.hear for log in simulated("logs").values() if log.hear]
    return [more for line in lines for hear in ears for more in hear(world, line)]


def _told(world: Firm, story: Story) -> Story:
    """The story with what the products that watch say about it: a finding about a step shows that step."""
    return replace(story, steps=tuple(replace(s, lines=(*s.lines, *heard(world, s.lines))) for s in story.steps))


def _within(story: Story, end: float) -> Story:
    """The story as far as it is told before the simulation ends."""
    steps = [replace(s, lines=tuple(line for line in s.lines if line.at < end)) for s in story.steps]
    return replace(story, steps=tuple(s for s in steps if s.lines))


def _clear(out: Path) -> None:
    """Drop an older simulation that lies there; refuse a folder that holds anything else."""
    if not out.exists() or not any(out.iterdir()):
        return
    told = out / "truth.json"
    if not told.exists() or json.loads(told.read_text()).get("origin", "").split(" --")[0] != ORIGIN:
        raise UsageError(str(out), "it holds files that are no simulation", "name an empty or a new folder")
    shutil.rmtree(out / "input", ignore_errors=True)
