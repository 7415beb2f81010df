"""The truth about a simulation, in the form in which recordings are judged: `truth.json` and `labels.csv`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.simulation.clock import stamp
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Scenario, Story

ORIGIN = "vidocq simulate"


@dataclass(slots=True)
class Told:
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


def write_labels(out: Path, stories: Sequence[tuple[Scenario, Story]], told: Told) -> None:
    """`labels.csv`: every event of a story with its step, and what the internet sends to everybody."""
    with (out / "labels.csv").open("w", newline="") as f:
        rows = csv.writer(f, lineterminator="\n")
        rows.writerow(("uid", "label", "step"))
        for scenario, story in stories:
            for step in story.steps:
                rows.writerows((uid, "attack" if scenario.hostile else "benign", f"{scenario.id}/{step.id}") for uid in _uids(step.lines))
        rows.writerows((uid, "noise", "") for uid in told.noise)


def truth(firm: Firm, days: int, stories: Sequence[tuple[Scenario, Story]], told: Told) -> dict[str, Any]:
    """What `truth.json` says."""
    hostile = [(s, story) for s, story in stories if s.hostile]
    domains = {s.domain for s, _ in stories}
    return {
        "name": f"simulated-{firm.seed}",
        "title": f"A made-up firm, {days} days" + "".join(f"; {s.title}" for _, s in stories),
        "domain": domains.pop() if len(domains) == 1 else "mixed",
        "kind": "attack" if hostile else "benign",
        "span": [stamp(told.first), stamp(told.last)],
        "days": days,
        "events": told.events,
        "attacks": [_attack(s, story) for s, story in hostile],
        "twins": [{"id": s.id, "window": _window([line for step in story.steps for line in step.lines]), "touch": _entities(story.touch)} for s, story in stories if not s.hostile and story.steps],
        "tolerated": [{"touch": [], "why": "unsolicited scans from the internet", "label": "noise", "max": days}] if told.noise else [],
        "complete": True,
        "licence": "Apache-2.0",
        "origin": f"{ORIGIN} --seed {firm.seed} --days {days} --people {len(firm.staff)}",
        "labels": "labels.csv",
        "labels_default": "benign",
    }


def _entities(touch: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "name": name} for kind, name in touch]


def _window(lines: Sequence[Line]) -> list[str]:
    return [stamp(min(line.at for line in lines)), stamp(max(line.at for line in lines))]


def _attack(scenario: Scenario, story: Story) -> dict[str, Any]:
    window = _window([line for step in story.steps for line in step.lines])
    steps = [
        {"id": f"{scenario.id}/{s.id}", "title": s.title, "techniques": list(s.techniques), "events": _uids(s.lines), "touch": _entities(s.touch), "window": _window(s.lines)}
        for s in story.steps
    ]
    return {
        "id": scenario.id,
        "title": story.title,
        "touch": _entities(story.touch),
        "window": window,
        "first": window[0],
        "steps": steps,
        "expect_techniques": sorted({t for s in story.steps for t in s.techniques}),
    }
