"""An investigation in few bytes: what many of them say alike stands once in a table, what one says twice stands once in its record.

The page's `data.js` reads what is written here; the two change together.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from vidocq.operations.report.run_files import Alert, Investigation, Step, entities_of

HOLE = "\ue000"
"""Stands in a query's template where a value was; a query that holds it itself is kept as it is."""
FEW = 2000
"""Templates that are told by their quoted values alone. A catalogue has some hundred questions: more must differ by their numbers."""
_LITERAL = re.compile(r"('[^']*'|\d{4,})")
_VALUE = re.compile(r"('[^']*'|\b\d+(?= AS history_hours))")
"""What differs between the queries of one question: its quoted values, and how long its table had been listened to."""
VERDICTS = ("raised", "undecided", "dismissed")


@dataclass(slots=True)
class Shared:
    """Values that many investigations have in common, each under a number. A full table hands values back, to stand where they are used."""

    limit: int = 60_000
    numbers: dict[Hashable, int] = field(default_factory=dict)
    forms: dict[Hashable, int] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)

    def ref(self, value: Hashable) -> Any:
        """The number of a value (a text, or tuples of texts and numbers), or the value itself once the table is full."""
        found = self.numbers.get(value)
        if found is None:
            if len(self.numbers) >= self.limit:
                return msgspec.Raw(value) if isinstance(value, bytes) else value
            found = self.numbers[value] = len(self.numbers)
        return found

    def form(self, parts: tuple[str, str, str, tuple[str, ...], bytes, str]) -> Any:
        """The number of what a step shares with others: its weights go in as the JSON they came as."""
        if parts in self.forms:
            return self.forms[parts]
        refs = tuple([self.ref(part) for part in parts])
        if all(isinstance(ref, int) for ref in refs) and isinstance(number := self.ref(refs), int):
            self.forms[parts] = number
            return number
        return refs

    def values(self) -> list[Any]:
        """All values by number."""
        return [msgspec.Raw(v) if isinstance(v, bytes) else v for v in self.numbers]


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a dismissed (or, at last, of any) investigation a large report keeps; the files of the run keep all."""

    dismissed: int | None = None
    """Evidence ids shown per answer of a dismissed investigation; None: all."""
    others: int | None = None
    values: bool = True
    """Whether a dismissed investigation's queries carry their values."""

    def events(self, verdict: str) -> int | None:
        return self.dismissed if verdict == "dismissed" else self.others


DETAILS = (Detail(), Detail(dismissed=3), Detail(dismissed=1), Detail(dismissed=1, others=5), Detail(dismissed=0, others=3), Detail(dismissed=0, others=0, values=False))
"""Tried in this order until a block fits its share of the size that a report may have."""
SPARE = 2
"""The level down to which a report is thinned for a light page alone: of a dismissed investigation one event is shown for each answer, and how many there are."""


def split_query(query: str, known: set[str]) -> tuple[str, list[str]]:
    """The query with a hole for each value, and the values. `known` gathers the first FEW templates."""
    if HOLE in query or query.count("'") % 2:
        return query, []
    parts = _VALUE.split(query)
    template = "".join(part if n % 2 == 0 else f"'{HOLE}'" if part[0] == "'" else HOLE for n, part in enumerate(parts))
    if template in known or len(known) < FEW:
        known.add(template)
        return template, [part.strip("'") for part in parts[1::2]]
    parts = _LITERAL.split(query)
    return HOLE.join(parts[0::2]), parts[1::2]


def pack(case: Investigation, alert: Alert | None, shared: Shared, detail: Detail) -> list[Any]:
    """The record of one investigation: names, opening alert, hypotheses, steps, unasked, gaps.

    `names` holds the texts of this record, each once; elsewhere a text is its place among them.
    """
    names: dict[str, int] = {}
    put, ref, few = names.setdefault, shared.ref, detail.events(case.verdict)
    valued = detail.values or case.verdict == "raised"
    steps = [_step(s, names, shared, few, valued) for s in case.steps]
    events = alert.events if alert else ()
    opening = [case.first_alert or "", alert.origin if alert else "", [put(e, len(names)) for e in events[:few]], len(events)]
    hypotheses = [
        ref(tuple([(h.id, h.title, h.benign) for h in case.hypotheses])),
        ref(tuple([h.prior_bits for h in case.hypotheses])),
        [round(h.bits, 4) for h in case.hypotheses],
    ]
    return [list(names), opening, hypotheses, steps, ref(case.unasked), ref(case.gaps)]


def _step(step: Step, names: dict[str, int], shared: Shared, few: int | None, valued: bool) -> list[Any]:
    """What is this step's own, after its form: question, text, answer, names of facts, weights and template, which many steps share."""
    put, ref = names.setdefault, shared.ref
    facts = step.facts or {}
    template, values = split_query(step.query or "", shared.templates)
    form = shared.form((step.question, step.text, step.answer or "", tuple(facts), bytes(step.weights), template))
    who = [n for kind, name in entities_of(step.entity) for n in (ref(kind), put(name, len(names)))]
    events = [put(e, len(names)) for e in step.events[:few]]
    total = len(step.events) if step.events_total is None else step.events_total
    return [step.hop, form, who, list(facts.values()), events, total, [put(v, len(names)) for v in values] if valued else None]


COLUMNS = ("id", "verdict", "incident", "leading", "concern", "calibrated", "at", "alerts", "title", "rule", "source", "severity", "entities", "summary")


def index_row(case: Investigation, alert: Alert | None, shared: Shared, places: dict[str, int]) -> tuple[Any, ...]:
    """What the list shows and search reads, in the order of COLUMNS. `places`: incident -> its place in the report."""
    leading = next((h.title for h in case.hypotheses if h.id == case.leading), "") or case.leading or ""
    verdict = VERDICTS.index(case.verdict) if case.verdict in VERDICTS else 1
    entities = [f"{kind}\t{name}" for kind, name in alert.named()] if alert else []
    return (
        case.id, verdict, places.get(case.incident or "", -1), shared.ref(leading), round(case.concern, 4), int(case.calibrated),
        case.opened_at or "", case.alerts,
        (alert.title if alert else "") or "", shared.ref((alert.rule if alert else "") or ""), shared.ref(alert.source if alert else ""),
        (alert.severity if alert else 0) or 0, entities, case.summary,
    )  # fmt: skip
