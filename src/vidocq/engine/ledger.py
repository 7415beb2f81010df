"""The rows of an investigation: what was opened, and what was answered. Everything else is computed from them and the catalogue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from vidocq.model.entity import Entity

UNLISTED, FIRST = "unlisted_events", "first_event"
"""Facts of an alert about more events than it lists: how many it leaves out, and the time of the first of all."""


@dataclass(frozen=True, slots=True)
class Case:
    """An investigation as opened: the alerts it covers, who they are about, and when."""

    id: str
    first_alert: str
    alerts: int
    opened_at: datetime
    last_at: datetime
    """Time of the last alert it covers."""
    origin: str
    source: str
    rule: str
    title: str
    severity: int
    entities: tuple[Entity, ...]
    signature: tuple[str, ...]
    """What the alert says for itself: `rule:<detection>` or `phrase:<file>:<n>`."""
    techniques: tuple[str, ...]
    events: tuple[str, ...]
    events_total: int
    features: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unlisted(self) -> int:
        """Events that its first alert is about beside those that it lists."""
        return int(self.features.get(UNLISTED) or 0)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first event to the last alert, where events are left out: those that are listed do not tell it."""
        if not self.unlisted:
            return None
        first = self.features.get(FIRST)
        return (datetime.fromisoformat(first).replace(tzinfo=None) if first else self.opened_at), self.last_at


@dataclass(frozen=True, slots=True)
class Answer:
    """A question asked of entities, and what came back."""

    case: int
    hop: int
    question: str
    entities: tuple[Entity, ...]
    grade: str
    facts: Mapping[str, Any]
    history_hours: int = 0
    events: tuple[str, ...] = ()
    events_total: int = 0


def identify(prefix: str, *parts: str) -> str:
    """An id derived from content: the same on every machine."""
    return f"{prefix}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:16]}"


def timestamp(t: datetime) -> str:
    """RFC 3339 in UTC with microseconds."""
    return t.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entities(entities: Sequence[Entity]) -> str:
    return json.dumps([[e.kind, e.name, e.role] for e in entities], ensure_ascii=False)


def _read_entities(text: str) -> tuple[Entity, ...]:
    return tuple(Entity(*e) for e in json.loads(text))


def cases_table(cases: Sequence[Case]) -> pa.Table:
    """The table `investigations` of the ledger."""
    return pa.table({
        "id": [c.id for c in cases], "first_alert": [c.first_alert for c in cases], "alerts": pa.array([c.alerts for c in cases], pa.int64()),
        "opened_at": pa.array([c.opened_at for c in cases], pa.timestamp("us")), "last_at": pa.array([c.last_at for c in cases], pa.timestamp("us")),
        "origin": [c.origin for c in cases], "source": [c.source for c in cases], "rule": [c.rule for c in cases], "title": [c.title for c in cases],
        "severity": pa.array([c.severity for c in cases], pa.int32()), "entities": [_entities(c.entities) for c in cases],
        "signature": pa.array([list(c.signature) for c in cases], pa.list_(pa.string())), "techniques": pa.array([list(c.techniques) for c in cases], pa.list_(pa.string())),
        "events": pa.array([list(c.events) for c in cases], pa.list_(pa.string())), "events_total": pa.array([c.events_total for c in cases], pa.int64()),
        "features": [json.dumps(c.features, sort_keys=True, default=str, ensure_ascii=False) for c in cases],
    })


def read_cases(table: pa.Table) -> list[Case]:
    """The cases of a ledger, in its order."""
    return [Case(**{**r, "entities": _read_entities(r["entities"]), "signature": tuple(r["signature"]), "techniques": tuple(r["techniques"]), "events": tuple(r["events"]),
                    "features": json.loads(r["features"])}) for r in table.to_pylist()]


def answers_table(answers: Sequence[Answer]) -> pa.Table:
    """The table `answers` of the ledger."""
    return pa.table({
        "case": pa.array([a.case for a in answers], pa.int64()), "hop": pa.array([a.hop for a in answers], pa.int32()), "question": pa.array([a.question for a in answers], pa.string()),
        "entities": pa.array([_entities(a.entities) for a in answers], pa.string()), "grade": pa.array([a.grade for a in answers], pa.string()),
        "facts": pa.array([json.dumps(a.facts, sort_keys=True, default=str, ensure_ascii=False) for a in answers], pa.string()),
        "history_hours": pa.array([a.history_hours for a in answers], pa.int64()),
        "events": pa.array([list(a.events) for a in answers], pa.list_(pa.string())), "events_total": pa.array([a.events_total for a in answers], pa.int64()),
    })


def read_answers(table: pa.Table) -> list[Answer]:
    """The answers of a ledger, in its order."""
    return [Answer(**{**r, "entities": _read_entities(r["entities"]), "facts": json.loads(r["facts"]), "events": tuple(r["events"])}) for r in table.to_pylist()]
