"""Reads Sigma rules from folders. A rule that cannot be used costs one line, never the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sigma.correlations import SigmaCorrelationRule
from sigma.exceptions import SigmaError
from sigma.filters import SigmaFilter
from sigma.rule import SigmaRule

from vidocq.errors import UsageError

LARGEST_FILE = 2 << 20
LARGEST_RULE = 20_000
"""Values and names in one rule, what its aliases stand for included."""
LARGEST_CONDITION = 200_000
"""Words of a condition times the values below `detection`: what it may grow to when its names are put in."""
DEEPEST = 30
NESTED = 8
"""Brackets within brackets: each more doubles the time that the condition's grammar takes."""
_KINDS: dict[str, Any] = {"correlation": SigmaCorrelationRule, "filter": SigmaFilter, "detection": SigmaRule}
_LEVELS = {"informational": 1, "low": 1, "medium": 2, "high": 4, "critical": 5}
"""Sigma means by medium what is to be looked at now and then, by high what is an alert (its specification, "Level"): a step lower than products mean it."""
_TECHNIQUE = re.compile(r"attack\.(t\d{4}(?:\.\d{3})?)", re.I)
_TACTIC = re.compile(r"attack\.([a-z][a-z_-]+)", re.I)
# The safe loader in C, where PyYAML was built with it: thousands of rules are read in seconds, not in a minute.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unusable(Exception):
    """Why a rule cannot be used, in words for its author."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read, as its alerts name it."""

    file: str
    id: str
    title: str
    description: str
    severity: int
    techniques: tuple[str, ...]
    tactics: tuple[str, ...]
    sigma: Any
    """As pySigma has read it: a SigmaRule, a SigmaCorrelationRule or a SigmaFilter."""

    def names(self) -> set[str]:
        """What a correlation or a filter may call it by."""
        return {self.id, *([str(self.sigma.id)] if self.sigma.id else []), *([self.sigma.name] if self.sigma.name else [])}


def read_rules(folders: Iterable[Path]) -> tuple[list[Rule], list[str]]:
    """All rules of the YAML files below the folders, each id once, and a line for each that cannot be used."""
    found: dict[str, Rule] = {}
    problems: list[str] = []
    for file in _files(folders):
        for place, title, made in _of_file(file):
            if isinstance(made, str):
                problems.append(told(place, title, made))
            elif found.setdefault(made.id, made) is not made:
                problems.append(told(place, title, f"its id is that of a rule in {found[made.id].file}, which was read first"))
    return list(found.values()), problems


def told(file: str, title: str, reason: str) -> str:
    """One line about a rule that is not used."""
    return " ".join(f"{file}: Sigma rule {title[:120]!r} is not used: {reason[:300]}".split())


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file of rules, once though two of the folders hold it."""
    read: set[Path] = set()
    for folder in folders:
        if not folder.exists():
            raise UsageError(str(folder), "there is no such folder of rules", "name one that exists")
        below = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".yml", ".yaml") and p.is_file())
        for file in below:
            if (place := file.resolve()) not in read:
                read.add(place)
                yield file


def _of_file(file: Path) -> Iterator[tuple[str, str, Rule | str]]:
    """The place, the title and the rule (or why it is none) of each document of a file."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            yield str(file), "", f"the file is larger than {LARGEST_FILE >> 20} MiB"
            return
        reader = _LOADER(file.read_text(encoding="utf-8-sig"))
        try:
            while reader.check_node():
                node = reader.get_node()
                place, document = f"{file}:{node.start_mark.line + 1}", reader.construct_document(node)
                if document is not None:
                    yield place, str(document.get("title") or "") if isinstance(document, dict) else "", _made(place, document)
        finally:
            reader.dispose()
    # YAML of strangers: a nesting that is too deep, a date that is none, a key that cannot be one.
    except (OSError, yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as e:
        yield str(file), "", f"it cannot be read as YAML ({_one_line(e)})"


def _made(place: str, document: Any) -> Rule | str:
    try:
        kind = _bounded(document)
        sigma = _KINDS[kind].from_dict(document)
        return Rule(
            place, str(sigma.id) if sigma.id else "sigma-" + sha256(f"{sigma.title}\0{document.get('logsource')}\0{document[kind]}".encode()).hexdigest()[:16], sigma.title[:200],
            (sigma.description or "")[:500], _LEVELS.get(str(document.get("level") or "").lower(), 2), *_tags(document.get("tags")), sigma,
        )
    except Unusable as e:
        return str(e)
    # The parser of rules raises errors of its own, and whatever Python does to a part of the wrong kind.
    except (SigmaError, AttributeError, KeyError, TypeError, ValueError, RecursionError, OverflowError) as e:
        return _one_line(e) or type(e).__name__


def _tags(tags: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = [str(t) for t in tags] if isinstance(tags, list) else []
    techniques = {m[1].upper() for t in named if (m := _TECHNIQUE.fullmatch(t))}
    return tuple(sorted(techniques)), tuple(sorted({m[1].lower().replace("_", "-") for t in named if (m := _TACTIC.fullmatch(t))}))


def _bounded(document: Any) -> str:
    """What kind of document it is; refuses what is none, or would be too much once aliases and names stand for what they mean."""
    if not isinstance(document, dict):
        raise Unusable("it is no mapping")
    _size(document, [0], 0)
    kind = next((k for k in _KINDS if k in document), "detection")
    if not isinstance(document.get(kind), dict) or (kind != "correlation" and not isinstance(document.get("logsource"), dict)):
        raise Unusable(f"it has no {kind} or no logsource")
    if not isinstance(document.get("title"), str):
        raise Unusable("it has no title")
    conditions = document[kind].get("condition") or ""
    if kind == "correlation":
        if isinstance(conditions, str) and conditions:
            raise Unusable("a correlation whose condition is a sentence is not supported")
        return kind
    values = _size(document[kind], [0], 0)
    for condition in conditions if isinstance(conditions, list) else [conditions]:
        _condition(str(condition), values)
    return kind


def _size(part: Any, count: list[int], depth: int) -> int:
    count[0] += 1
    if count[0] > LARGEST_RULE or depth > DEEPEST:
        raise Unusable("it is too large, or refers to itself")
    for child in [*part.keys(), *part.values()] if isinstance(part, dict) else part if isinstance(part, list) else ():
        _size(child, count, depth + 1)
    return count[0]


def _condition(text: str, values: int) -> None:
    words = text.split()
    deep = deepest = 0
    for c in text:
        deep += (c == "(") - (c == ")")
        deepest = max(deepest, deep)
    too_starred = any(w.count("*") > 3 or len(w) > 200 for w in words)
    if len(words) * values > LARGEST_CONDITION or len(words) > 1000 or text.count("(") > 200 or deepest > NESTED or too_starred:
        raise Unusable("its condition is too large")


def _one_line(e: BaseException) -> str:
    return " ".join(str(e).split())[:200]
