"""A case that can be investigated at once: a made-up firm's logs, what was planted in them, and the truth about it."""

from __future__ import annotations

import csv
import importlib
import json
import pkgutil
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from vidocq.errors import UsageError
from vidocq.operations.example.clock import midnight, stamp, workdays
from vidocq.operations.example.context import write_context
from vidocq.operations.example.files import write_day
from vidocq.operations.example.firm import Firm, firm
from vidocq.operations.example.life.browsing import PROXIED
from vidocq.operations.example.line import Line, Part, Plant, Stage, Story

DEFAULT = ("aws-takeover", "web-callback")
DOMAINS = ("cloud", "network", "host")
_ORIGIN = "vidocq example"
_ROOM = 16
"""Addresses that each plant has for itself."""


def plants() -> dict[str, Plant]:
    """Every plant by its id."""
    return {unit.id: unit for unit in _units("plants", "PLANT")}


def _units(room: str, constant: str) -> Iterator[Any]:
    package = importlib.import_module(f"{__package__}.{room}")
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        found = getattr(module, constant, ())
        yield from found if isinstance(found, tuple) else (found,)


def write_example(out: Path, seed: int = 1, days: int = 7, plant: Sequence[str] = DEFAULT, domains: Sequence[str] = DOMAINS) -> None:
    """`out` holds `input/` (logs), `context/` (who announces the addresses), `truth.json` and `labels.csv`: the same bytes for the same arguments.

    `domains` leaves out the life of a kind of log that is not wanted.
    """
    known = plants()
    unknown = [p for p in plant if p not in known]
    if unknown or days < 1:
        raise UsageError("example", f"there is no plant {unknown[0]!r}" if unknown else "it needs at least one day", "plant one of: " + ", ".join(known))
    world = firm(seed)
    wanted = [known[p] for p in dict.fromkeys(plant)]
    stories = [(p, _within(p.play(_stage(world, p, list(known), days)), midnight(days))) for p in wanted]
    _clear(out)
    told = _Told()
    parts = [(name, p) for name, p in life().items() if p.domain in domains]
    carried: list[Line] = [line for _, story in stories for step in story.steps for line in step.lines]
    for day in range(days):
        lines = carried + [line for name, part in parts for line in part.tell(world, Random(f"{seed}/{name}/{day}"), day)]
        # What a day's story runs on past midnight belongs to the next day's files.
        carried = [line for line in lines if line.at >= midnight(day + 1)]
        today = sorted((line for line in lines if midnight(0) <= line.at < midnight(day + 1)), key=lambda line: (line.at, line.log, line.uid))
        told.note(today)
        write_day(out / "input", world, day, today)
    write_context(out / "context", world)
    _write_labels(out, stories, told)
    (out / "truth.json").write_text(json.dumps(_truth(world, days, stories, told), indent=1) + "\n")


def _within(story: Story, end: float) -> Story:
    """The story as far as it is told before the example ends."""
    steps = [replace(s, lines=tuple(line for line in s.lines if line.at < end)) for s in story.steps]
    return replace(story, steps=tuple(s for s in steps if s.lines))


def _clear(out: Path) -> None:
    """Drop an older example that lies there; refuse a folder that holds anything else."""
    if not out.exists() or not any(out.iterdir()):
        return
    truth = out / "truth.json"
    if not truth.exists() or json.loads(truth.read_text()).get("origin", "").split(" --")[0] != _ORIGIN:
        raise UsageError(str(out), "it holds files that are no example", "name an empty or a new folder")
    shutil.rmtree(out / "input", ignore_errors=True)


def life() -> Mapping[str, Part]:
    """Every part of innocent life by the name of its module."""
    package = importlib.import_module(f"{__package__}.life")
    return {
        info.name: importlib.import_module(f"{package.__name__}.{info.name}").PART
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda i: i.name)
    }


def _stage(world: Firm, plant: Plant, known: list[str], days: int) -> Stage:
    place = sorted(known).index(plant.id)
    # Those who are there most come first: nobody can be attacked whose machine is off all week.
    hosts = list(world.workstations[PROXIED:-2])
    Random(f"{world.seed}/workstations").shuffle(hosts)
    hosts.sort(key=lambda host: -sum(world.presence(host, day) is not None for day in workdays(days)[-3:]))
    return Stage(world, Random(f"{world.seed}/plant/{plant.id}"), days, hosts[place % len(hosts)], world.strangers[place * _ROOM : (place + 1) * _ROOM])


@dataclass(slots=True)
class _Told:
    """What is remembered of the lines once they are written."""

    events: int = 0
    first: float = 0.0
    last: float = 0.0
    noise: list[str] = field(default_factory=list)

    def note(self, lines: Sequence[Line]) -> None:
        """Counts the lines of a day."""
        if lines:
            self.first = self.first or lines[0].at
            self.last = max(self.last, lines[-1].at)
        self.events += len(lines)
        self.noise += dict.fromkeys(line.uid for line in lines if line.noise)


def _uids(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(line.uid for line in sorted(lines, key=lambda line: (line.at, line.log, line.uid))))


def _write_labels(out: Path, stories: Sequence[tuple[Plant, Story]], told: _Told) -> None:
    with (out / "labels.csv").open("w", newline="") as f:
        rows = csv.writer(f, lineterminator="\n")
        rows.writerow(("uid", "label", "step"))
        for plant, story in stories:
            for step in story.steps:
                rows.writerows((uid, "attack" if plant.hostile else "benign", f"{plant.id}/{step.id}") for uid in _uids(step.lines))
        rows.writerows((uid, "noise", "") for uid in told.noise)


def _truth(world: Firm, days: int, stories: Sequence[tuple[Plant, Story]], told: _Told) -> dict[str, Any]:
    hostile = [(p, s) for p, s in stories if p.hostile]
    domains = {p.domain for p, _ in stories}
    return {
        "name": f"example-{world.seed}",
        "title": f"A made-up firm, {days} days" + "".join(f"; {s.title}" for _, s in stories),
        "domain": domains.pop() if len(domains) == 1 else "mixed",
        "kind": "attack" if hostile else "benign",
        "span": [stamp(told.first), stamp(told.last)],
        "days": days,
        "events": told.events,
        "attacks": [_attack(p, s) for p, s in hostile],
        "tolerated": [{"touch": [], "why": "unsolicited scans from the internet", "label": "noise", "max": days}] if told.noise else [],
        "complete": True,
        "licence": "Apache-2.0",
        "origin": f"{_ORIGIN} --seed {world.seed} --days {days}",
        "labels": "labels.csv",
        "labels_default": "benign",
    }


def _entities(touch: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "name": name} for kind, name in touch]


def _attack(plant: Plant, story: Story) -> dict[str, Any]:
    times = [line.at for step in story.steps for line in step.lines]
    steps = [
        {
            "id": f"{plant.id}/{s.id}",
            "title": s.title,
            "techniques": list(s.techniques),
            "events": _uids(s.lines),
            "touch": _entities(s.touch),
            "window": [stamp(min(line.at for line in s.lines)), stamp(max(line.at for line in s.lines))],
        }
        for s in story.steps
    ]
    return {
        "id": plant.id,
        "title": story.title,
        "touch": _entities(story.touch),
        "window": [stamp(min(times)), stamp(max(times))],
        "first": stamp(min(times)),
        "steps": steps,
        "expect_techniques": sorted({t for s in story.steps for t in s.techniques}),
    }
