"""A story played: an example is written and investigated, and what came out stands beside the truth."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from vidocq.operations.run import investigate
from vidocq.operations.simulate.write import simulate


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file that holds one per line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Played:
    """A run beside the truth about its input."""

    out: Path
    truth: dict[str, Any]

    @property
    def alerts(self) -> list[dict[str, Any]]:
        return lines(self.out / "alerts.ndjson")

    @property
    def investigations(self) -> list[dict[str, Any]]:
        return lines(self.out / "investigations.ndjson")

    @property
    def incidents(self) -> list[dict[str, Any]]:
        return lines(self.out / "incidents.ndjson")

    def attack(self, plant: str) -> dict[str, Any]:
        return next(a for a in self.truth["attacks"] if a["id"] == plant)

    def steps_of(self, incident: dict[str, Any], plant: str) -> list[str]:
        """The steps that the incident's events belong to, in the order of its events; "" for an event of none."""
        step = {uid: s["id"].partition("/")[2] for s in self.attack(plant)["steps"] for uid in s["events"]}
        return [name for name, _ in groupby(step.get(e["uid"], "") for e in incident["events"])]

    def about(self, *names: str) -> Iterator[dict[str, Any]]:
        """The investigations of alerts that name one of these entities."""
        wanted = {a["investigation"] for a in self.alerts if any(e["name"] in names for e in a["entities"])}
        return (i for i in self.investigations if i["id"] in wanted)


def one_delivery(folder: Path) -> None:
    """The trail below the folder as one file: a story is about what happened, not about how many files it came in."""
    parts = sorted(folder.rglob("*CloudTrail*.json.gz"))
    records = [r for part in parts for r in json.loads(gzip.decompress(part.read_bytes()))["Records"]]
    for part in parts:
        part.unlink()
    if records:
        (folder / "trail.json").write_text(json.dumps({"Records": records}))


def played(folder: Path, *plants: str, seed: int, days: int, domains: tuple[str, ...], store: Path | None = None, context: bool = False) -> Played:
    """What a run makes of an example with these plants; `store` keeps the events, to be asked about; `context` adds what the firm wrote down."""
    simulate(folder / "case", seed=seed, days=days, scenarios=plants, domains=domains)
    one_delivery(folder / "case" / "input")
    investigate([folder / "case" / "input"], folder / "out", store=store, context=folder / "case" / "context" if context else None)
    return Played(folder / "out", json.loads((folder / "case" / "truth.json").read_text()))
