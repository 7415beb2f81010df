"""Finds every content unit once, checks it, freezes it. Passed as an argument, never global."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from vidocq.errors import CatalogueError
from vidocq.model.belief import Detection, Hypothesis, Phrase, Question
from vidocq.model.event import CLASSES, columns
from vidocq.model.source import Source

ROOMS: Mapping[str, tuple[str, type[Any]]] = {
    "sources": ("SOURCE", Source),
    "detections": ("DETECTION", Detection),
    "questions": ("QUESTION", Question),
    "hypotheses": ("HYPOTHESIS", Hypothesis),
    "phrases": ("PHRASES", tuple),
}

SIMULATED: Mapping[str, tuple[str, str]] = {"life": ("PART", "Part"), "scenarios": ("SCENARIO", "Scenario"), "logs": ("LOG", "Log")}
"""The rooms of a simulation: the constant that ends a file, and its type."""


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
    files: Mapping[str, str] = field(default_factory=dict)
    """`room/id` -> the file that holds the unit."""

    def without(self, *ids: str) -> Catalogue:
        """The catalogue with these units left out (`hypotheses/x`, `questions/y` …), for ablation and for units of one's own."""
        rooms = {room: {k: v for k, v in getattr(self, room).items() if f"{room}/{k}" not in ids} for room in ROOMS}
        return Catalogue(**rooms, packages=self.packages, files=self.files)

    def where(self, room: str, unit: str) -> str:
        """The file of a unit, or its path in the catalogue where it has none."""
        return self.files.get(f"{room}/{unit}", f"{room}/{unit}")


def load() -> Catalogue:
    """The units of this package and those that other packages bring. Raises CatalogueError with the first problem."""
    catalogue = find()
    for where, what in check(catalogue):
        raise CatalogueError(where, what, "mend the unit; `vidocq check` lists every problem")
    return catalogue


def find() -> Catalogue:
    """The same before its words are held against each other; other packages name themselves through the entry point group `vidocq.content`.

    Raises CatalogueError for a unit that is no unit, or that stands in two files.
    """
    found: dict[str, dict[str, Any]] = {room: {} for room in ROOMS}
    files: dict[str, str] = {}
    packages = _packages()
    for package in packages:
        _imported(package)
        for room in ROOMS:
            for name, unit, file in _room(package, room):
                if name in found[room]:
                    raise CatalogueError(file, f"{room}/{name} stands in {files[f'{room}/{name}']} already", "give one of the two another path")
                found[room][name], files[f"{room}/{name}"] = unit, file
    return Catalogue(**{room: dict(sorted(units.items())) for room, units in found.items()}, packages=packages, files=files)


def simulated(room: str) -> dict[str, Any]:
    """The units of a simulation by id, in order: `life`, `scenarios` or `logs`. Apart from the others, since no investigation needs them."""
    found: dict[str, Any] = {}
    constant, kind = SIMULATED[room]
    for package in _packages():
        for module, path in _rooms(package, room):
            unit = getattr(module, constant, None)
            if unit is None:
                continue
            if type(unit).__name__ != kind:
                raise CatalogueError(str(module.__file__), f"{constant} is no {kind}", f"end the file in `{constant} = {kind}(...)`")
            name = path.replace("_", "-") if room == "scenarios" else path
            if room == "scenarios" and unit.id != name:
                _wrong_id(module, unit.id, name)
            found[name] = unit
    return dict(sorted(found.items()))


def _packages() -> tuple[str, ...]:
    return tuple(dict.fromkeys(["vidocq.content", *(p.value for p in importlib.metadata.entry_points(group="vidocq.content"))]))


def _rooms(owner: str, room: str) -> Iterator[tuple[ModuleType, str]]:
    """The modules of a room, each with its path in it."""
    package = f"{owner}.{room}"
    if importlib.util.find_spec(package) is not None:
        yield from ((module, module.__name__.removeprefix(package + ".")) for module in _modules(_imported(package)))


def _imported(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except (ImportError, SyntaxError, NameError, AttributeError, TypeError, ValueError, LookupError) as e:
        at, line = _place(e, module)
        raise CatalogueError(at, f"{line}it cannot be loaded ({type(e).__name__}: {' '.join(str(e).split())[:200]})", "mend the file") from e


def _place(e: Exception, module: str) -> tuple[str, str]:
    """The file at fault, and the line in it: where it does not parse, or where it failed."""
    if isinstance(e, SyntaxError) and e.filename:
        return e.filename, f"line {e.lineno}: "
    owner = module.rpartition(".")[0]
    spec = importlib.util.find_spec(module) if not owner or owner in sys.modules else None
    if spec is None or spec.origin is None:
        return module, ""
    lines = [f.lineno for f in traceback.extract_tb(e.__traceback__) if f.filename == spec.origin]
    return spec.origin, f"line {lines[-1]}: " if lines else ""


def _room(owner: str, room: str) -> Iterator[tuple[str, Any, str]]:
    constant, kind = ROOMS[room]
    for module, path in _rooms(owner, room):
        unit = getattr(module, constant, None)
        if unit is None:
            continue
        if not isinstance(unit, kind):
            raise CatalogueError(str(module.__file__), f"{constant} is no {kind.__name__}", f"end the file in `{constant} = {kind.__name__}(...)`")
        name = path.removesuffix(".source") if room == "sources" else path
        if room != "phrases" and unit.id != name:
            unit = replace(unit, id=name) if not unit.id else _wrong_id(module, unit.id, name)
        yield name, unit, str(module.__file__)


def _wrong_id(module: ModuleType, given: str, path: str) -> Any:
    raise CatalogueError(str(module.__file__), f"its id is {given!r}, its path says {path!r}", "make them equal")


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    for info in sorted(pkgutil.walk_packages(root.__path__, root.__name__ + "."), key=lambda i: i.name):
        if not info.ispkg:
            yield _imported(info.name)


def check(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What is wrong with the units, as (where, what): ids that do not exist, words without a rival, conditions that do not parse."""
    from vidocq.engine.ask import near, problems_of

    known = {*catalogue.hypotheses}
    asked = {*catalogue.questions, *catalogue.detections}
    yield from _source_problems(catalogue)
    for q in catalogue.questions.values():
        where = catalogue.where("questions", q.id)
        yield from ((where, f"speaks of the hypothesis {h!r}, which does not exist{near(h, known)}") for h in q.speaks if h not in known)
        grades = {*q.grades, q.otherwise, "no events", "not covered"}
        for spoken in (*q.speaks.values(), q.alarming, q.means):
            yield from ((where, f"knows no answer {g!r}{near(g, grades)}") for g in spoken if g not in grades)
        yield from ((where, p) for p in problems_of(q))
    for d in catalogue.detections.values():
        yield from ((catalogue.where("detections", d.id), f"suggests the hypothesis {h!r}, which does not exist{near(h, known)}") for h in d.suggests if h not in known)
    for name, phrases in catalogue.phrases.items():
        yield from ((catalogue.where("phrases", name), f"suggests the hypothesis {h!r}, which does not exist{near(h, known)}") for p in phrases for h in p.suggests if h not in known)
        yield from ((catalogue.where("phrases", name), f"has a pattern that RE2 does not read: {why}") for p in phrases if (why := _unreadable(p.pattern)))
    for h in catalogue.hypotheses.values():
        where = catalogue.where("hypotheses", h.id)
        yield from ((where, f"names the rival {r!r}, which does not exist{near(r, known)}") for r in h.rivals if r not in known)
        yield from ((where, f"explains {r!r}, which does not exist{near(r, known)}") for r in h.explains if r not in known and r != "*")
        if not h.benign and not h.catch_all and not any(r in known and catalogue.hypotheses[r].benign for r in h.rivals):
            yield where, "has no innocent rival"
        yield from ((where, f"expects an answer of {q!r}, which does not exist{near(q, asked)}") for q in h.expects if q not in asked)


def _unreadable(pattern: str) -> str:
    """What RE2, which the store reads texts with, has against a regular expression; empty if nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), pattern, ignore_case=True)
    except pa.ArrowInvalid as e:
        return " ".join(str(e).split())
    return ""


def _source_problems(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    from vidocq.engine.ask import near

    for s in catalogue.sources.values():
        where = catalogue.where("sources", s.id)
        for m in s.maps:
            if m.of not in CLASSES:
                yield where, f"makes events of {m.of!r}, which is no class{near(m.of, CLASSES)}"
                continue
            known = columns(m.of)
            yield from ((where, f"fills {c!r}, which {m.of} does not have{near(c, known)}") for c in m.columns if c not in known)
            if "time" not in m.columns:
                yield where, f"gives an event of {m.of} no time"
