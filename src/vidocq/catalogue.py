"""Finds every content unit once, checks it, freezes it. Passed as an argument, never global."""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from vidocq.errors import CatalogueError
from vidocq.model.belief import Detection, Hypothesis, Phrase, Question
from vidocq.model.source import Source

ROOMS: Mapping[str, tuple[str, type[Any]]] = {
    "sources": ("SOURCE", Source),
    "detections": ("DETECTION", Detection),
    "questions": ("QUESTION", Question),
    "hypotheses": ("HYPOTHESIS", Hypothesis),
    "phrases": ("PHRASES", tuple),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every unit by id, in order of id."""

    sources: Mapping[str, Source]
    detections: Mapping[str, Detection]
    questions: Mapping[str, Question]
    hypotheses: Mapping[str, Hypothesis]
    phrases: Mapping[str, tuple[Phrase, ...]]
    packages: tuple[str, ...] = ("vidocq.content",)
    """Where the units come from."""

    def without(self, *ids: str) -> Catalogue:
        """The catalogue with these units left out (`hypotheses/x`, `questions/y` …), for ablation and for units of one's own."""
        rooms = {room: {k: v for k, v in getattr(self, room).items() if f"{room}/{k}" not in ids} for room in ROOMS}
        return Catalogue(**rooms, packages=self.packages)


def load() -> Catalogue:
    """The units of this package and those that other packages bring through the entry point group `vidocq.content`."""
    found: dict[str, dict[str, Any]] = {room: {} for room in ROOMS}
    packages = ["vidocq.content", *(p.value for p in importlib.metadata.entry_points(group="vidocq.content"))]
    for package in packages:
        for room in ROOMS:
            found[room].update(_room(f"{package}.{room}", room))
    catalogue = Catalogue(**{room: dict(sorted(units.items())) for room, units in found.items()}, packages=tuple(packages))
    problems = list(check(catalogue))
    if problems:
        raise CatalogueError(problems[0][0], problems[0][1], "mend the unit; `vidocq check` lists every problem")
    return catalogue


def _room(package: str, room: str) -> Iterator[tuple[str, Any]]:
    try:
        root = importlib.import_module(package)
    except ModuleNotFoundError:
        return
    constant, kind = ROOMS[room]
    for module in _modules(root):
        unit = getattr(module, constant, None)
        if unit is None:
            continue
        if not isinstance(unit, kind):
            raise CatalogueError(module.__name__, f"{constant} is no {kind.__name__}", f"end the file in `{constant} = {kind.__name__}(...)`")
        path = module.__name__.removeprefix(package + ".")
        name = path.removesuffix(".source") if room == "sources" else path
        if room != "phrases" and unit.id != name:
            unit = replace(unit, id=name) if not unit.id else _wrong_id(module, unit.id, name)
        yield name, unit


def _wrong_id(module: ModuleType, given: str, path: str) -> Any:
    raise CatalogueError(module.__name__, f"its id is {given!r}, its path says {path!r}", "make them equal")


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    for info in sorted(pkgutil.walk_packages(root.__path__, root.__name__ + "."), key=lambda i: i.name):
        if not info.ispkg:
            yield importlib.import_module(info.name)


def check(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What is wrong with the units, as (where, what): ids that do not exist, words without a rival, conditions that do not parse."""
    from vidocq.engine.ask import problems_of

    known = {*catalogue.hypotheses}
    for q in catalogue.questions.values():
        where = f"questions/{q.id}"
        yield from ((where, f"speaks of the hypothesis {h!r}, which does not exist") for h in q.speaks if h not in known)
        grades = {*q.grades, q.otherwise, "no events", "not covered"}
        for spoken in (*q.speaks.values(), q.alarming, q.means):
            yield from ((where, f"knows no answer {g!r}") for g in spoken if g not in grades)
        yield from ((where, p) for p in problems_of(q))
    for d in catalogue.detections.values():
        yield from ((f"detections/{d.id}", f"suggests the hypothesis {h!r}, which does not exist") for h in d.suggests if h not in known)
    for name, phrases in catalogue.phrases.items():
        yield from ((f"phrases/{name}", f"suggests the hypothesis {h!r}, which does not exist") for p in phrases for h in p.suggests if h not in known)
    for h in catalogue.hypotheses.values():
        where = f"hypotheses/{h.id}"
        yield from ((where, f"names the rival {r!r}, which does not exist") for r in h.rivals if r not in known)
        if not h.benign and not h.catch_all and not any(r in known and catalogue.hypotheses[r].benign for r in h.rivals):
            yield where, "has no innocent rival"
        yield from ((where, f"expects an answer of {q!r}, which does not exist") for q in h.expects if q not in catalogue.questions and q not in catalogue.detections)
