"""What one product's alerts look like: where each thing stands in them, as data. A module beside this one that ends in `PRODUCT` is found by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.content.sources.product_alerts.decoys import KNOCKED
from vidocq.model import control_plane
from vidocq.model.clock import moment
from vidocq.model.record import as_json, at, every, named, text
from vidocq.model.source import Row

Record = Mapping[str, Any]
Paths = tuple[str, ...]
WORDS = {
    "informational": 1, "information": 1, "info": 1, "debug": 1, "none": 1, "unknown": 1, "low": 2, "minor": 2, "notice": 2, "medium": 3, "moderate": 3, "warning": 3, "high": 4, "major": 4, "error": 4, "critical": 5, "fatal": 5,
    "emergency": 5, "alert": 5,
}
TECHNIQUE = re.compile(r"(?<![A-Za-z0-9])T\d{4}(?:[._]\d{3})?(?!\d)")
MESSAGE = 4000


def by_word(value: Any) -> int:
    """A severity that is a word, whatever stands before it (`E_CRITICAL`)."""
    return WORDS.get(str(value or "").lower().rpartition("_")[2].strip(), 3)


def by_number(*limits: float) -> Callable[[Any], int]:
    """A severity that is a number: 1 below the first of four limits, 5 from the last on; 3 for what is none."""

    def scale(value: Any) -> int:
        try:
            return 1 + sum(float(value) >= limit for limit in limits)
        except (TypeError, ValueError):
            return by_word(value)

    return scale


def always(_: Record) -> bool:
    return True


def never(_: Record) -> bool:
    return False


def as_it_is(record: Record) -> Record:
    return record


def nothing(_: Record) -> Iterator[Row]:
    return iter(())


def address(record: Record, paths: Paths) -> str | None:
    """The first address at any of the paths."""
    return next((found for path in paths for v in every(record, path) if (found := control_plane.address(v))), None)


@dataclass(frozen=True, slots=True)
class Product:
    """One product. Paths are dotted and in lower case, as all names of a record are made, with `_` for a dot within a name; the first that says something counts."""

    id: str
    name: str
    marks: tuple[Paths, ...]
    """Sets of fields; a record that has all of one set is this product's, and a file whose beginning names them holds its alerts."""
    title: Paths
    """What the product calls it. Never what the other side may write: that is the message."""
    time: Paths
    rule: Paths = ()
    """Its rule by a name that stays; default: the title."""
    uid: Paths = ()
    message: Paths = ()
    severity: Paths = ("severity",)
    scale: Callable[[Any], int] = by_word
    host: Paths = ()
    user: Paths = ()
    source: Paths = ()
    target: Paths = ()
    techniques: Paths = ()
    tactics: Paths = ()
    entities: tuple[tuple[str, str, Paths], ...] = ()
    """(kind, role, paths) beside host, user and addresses."""
    alerts: Callable[[Record], bool] = always
    """Whether a record is an alert at all; else it is a base event."""
    posture: Callable[[Record], bool] = never
    """Whether it tells of a weakness rather than of a deed."""
    blocked: Callable[[Record], bool] = never
    decoy: Callable[[Record], str] | None = None
    """What was done to a decoy, as the rule names it (see `decoys`)."""
    mended: Callable[[Record], Record] = as_it_is
    """The record without what the product does to the values of others."""
    further: Callable[[Record], Iterator[Row]] = nothing
    """Other events that a record tells of."""

    def fits(self, record: Record) -> bool:
        return any(all(next(every(record, path), None) is not None for path in paths) for paths in self.marks)

    def told(self, names: frozenset[str]) -> bool:
        """Whether the names of fields in the beginning of a file, in lower case, are those of one set."""
        return any(all(name in names for path in paths for name in path.split(".")) for paths in self.marks)

    def rows(self, record: Record) -> Iterator[Row]:
        """The events of a record of this product."""
        record = self.mended(record)
        common = {"time": moment(*(at(record, path) for path in self.time)), "uid": text(record, *self.uid)}
        for name, row in self.further(record):
            yield name, {**row, **common}
        if self.alerts(record):
            yield "detection_finding", {**self._finding(record), **common}

    def _finding(self, record: Record) -> dict[str, Any]:
        title = text(record, *self.title) or f"Alert of {self.name}"
        rule = f"{self.id}:{self.decoy(record)}" if self.decoy else f"{self.id}:{text(record, *self.rule) or title}"
        host, user, source, target = text(record, *self.host), text(record, *self.user), address(record, self.source), address(record, self.target)
        said = " ".join(str(v) for path in self.techniques for v in every(record, path) if isinstance(v, str))
        return {
            # The internet knocks at everything: the product rates the decoy, not the knock.
            "severity": 2 if KNOCKED in rule else self.scale(at(record, *self.severity)), "rule": rule[:300], "title": title[:500], "message": (text(record, *self.message) or "")[:MESSAGE] or None, "product": self.name,
            "category": "posture" if self.posture(record) else "threat", "host": host.lower() if host else None, "actor_user": user, "src_ip": source, "dst_ip": target,
            "entities": as_json(named(self._named(record, host, user, source, target))), "techniques": ",".join(sorted({t.replace("_", ".") for t in TECHNIQUE.findall(said)})) or None,
            "tactics": ",".join(sorted({str(v) for path in self.tactics for v in every(record, path) if isinstance(v, str) and v})) or None, "action": "blocked" if self.blocked(record) else None,
        }

    def _named(self, record: Record, host: str | None, user: str | None, source: str | None, target: str | None) -> Iterable[tuple[str, Any, str]]:
        yield from (("host", host, "host"), ("user", user, "actor"), ("ip", source, "source"), ("ip", target, "destination"))
        for kind, role, paths in self.entities:
            # An alert that lists thousands of files is about the few that it names first.
            said = (str(v) for path in paths for v in list(every(record, path))[:20] if isinstance(v, str | int))
            yield from ((kind, (control_plane.address(v) or "") if kind == "ip" else v[:500].rstrip("." if kind == "domain" else ""), role) for v in said)
