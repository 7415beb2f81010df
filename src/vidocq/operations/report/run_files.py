"""The files of a run, read line by line: none of them is ever held whole.

The structs are hidden from the collector of garbage (they hold no cycles): with 100,000 alerts in memory it took half of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vidocq.errors import UsageError


class Hypothesis(msgspec.Struct, frozen=True, gc=False):
    """A hypothesis that was in play, and where it ended."""

    id: str
    title: str = ""
    benign: bool = False
    prior_bits: float = 0.0
    bits: float = 0.0


class Weight(msgspec.Struct, frozen=True, gc=False):
    """What one answer said about one hypothesis; `counted` is false where a stronger answer of its family spoke."""

    hypothesis: str
    bits: float = 0.0
    counted: bool = True


class Step(msgspec.Struct, frozen=True, gc=False):
    """One question, asked of one entity (or of several, or of nobody), and its answer."""

    hop: int = 0
    question: str = ""
    text: str = ""
    entity: Any = None
    answer: str | None = None
    facts: dict[str, Any] | None = None
    weights: msgspec.Raw = msgspec.Raw(b"[]")
    """As it came: most steps share it with others, and few are ever looked into."""
    events: tuple[str, ...] = ()
    events_total: int | None = None
    query: str | None = None

    def weighed(self) -> tuple[Weight, ...]:
        """What the answer said about each hypothesis."""
        return msgspec.json.decode(self.weights, type=tuple[Weight, ...])


class Investigation(msgspec.Struct, frozen=True, gc=False):
    """One line of `investigations.ndjson`."""

    id: str
    alerts: int = 1
    first_alert: str | None = None
    opened_at: str | None = None
    verdict: str = "undecided"
    incident: str | None = None
    leading: str | None = None
    concern: float = 0.0
    calibrated: bool = False
    hypotheses: tuple[Hypothesis, ...] = ()
    steps: tuple[Step, ...] = ()
    unasked: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    summary: str = ""


class Entity(msgspec.Struct, frozen=True, gc=False):
    """An entity under its canonical name."""

    kind: str = ""
    name: str = ""


class Alert(msgspec.Struct, frozen=True, gc=False):
    """One line of `alerts.ndjson`."""

    id: str
    investigation: str | None = None
    time: str | None = None
    origin: str = ""
    source: str = ""
    rule: str | None = None
    title: str | None = None
    severity: int | None = None
    entities: tuple[Entity, ...] = ()
    techniques: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def named(self) -> list[tuple[str, str]]:
        """(kind, name) of its entities."""
        return [(e.kind, e.name) for e in self.entities]


class AlertHead(msgspec.Struct, frozen=True, gc=False):
    """As much of an alert as says which one opened its investigation."""

    id: str
    investigation: str | None = None
    time: str | None = None


class Named(msgspec.Struct, frozen=True, gc=False):
    """As much of an investigation or incident as says which one it is, and how it ended."""

    id: str
    verdict: str = ""
    incident: str | None = None


RUN, ALERTS, INVESTIGATIONS, INCIDENTS, REPORT = "run.json", "alerts.ndjson", "investigations.ndjson", "incidents.ndjson", "report.html"


def read_run(out: Path) -> dict[str, Any]:
    """What `run.json` says; an error that names the folder if there is none."""
    path = out / RUN
    if not path.is_file():
        raise UsageError(at=str(out), problem="this folder holds no run (run.json is missing)", cure="name the folder that `vidocq investigate --out` wrote")
    run: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return run


def lines(path: Path) -> Iterator[bytes]:
    """Every line that says something; none if the file is absent."""
    if path.is_file():
        with path.open("rb") as file:
            for line in file:
                if line.strip():
                    yield line


def investigations(out: Path) -> Iterator[Investigation]:
    """The investigations in the order of their file."""
    yield from map(msgspec.json.Decoder(Investigation).decode, lines(out / INVESTIGATIONS))


def incidents(out: Path) -> list[dict[str, Any]]:
    """The incidents, the most pressing first; equal ones by id."""
    found = [msgspec.json.decode(line) for line in lines(out / INCIDENTS)]
    return sorted(found, key=lambda i: (-PRIORITY.get(i.get("priority", ""), 0), -(i.get("score") or 0), i["id"]))


PRIORITY = {"critical": 4, "high": 3, "medium": 2, "low": 1}


def opening_alerts(out: Path) -> dict[str, Alert]:
    """investigation -> the earliest alert it covers."""
    head, whole = msgspec.json.Decoder(AlertHead).decode, msgspec.json.Decoder(Alert).decode
    first: dict[str, Alert] = {}
    for line in lines(out / ALERTS):
        seen = head(line)
        if seen.investigation is None:
            continue
        kept = first.get(seen.investigation)
        if kept is None or (seen.time or "", seen.id) < (kept.time or "", kept.id):
            first[seen.investigation] = whole(line)
    return first


def entities_of(value: Any) -> list[tuple[str, str]]:
    """(kind, name) of what a step's `entity` holds: one entity, several, or none."""
    if isinstance(value, dict):
        return [(str(value.get("kind", "")), str(value.get("name", "")))]
    if isinstance(value, list):
        return [pair for item in value for pair in entities_of(item)]
    return [("", str(value))] if value else []
