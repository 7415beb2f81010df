"""Reading nested records of strangers: a field may be missing, or of another type than the format promises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from vidocq.model.entity import Entity

NOTHING = ("", "-", "N/A", "null")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.S)


def mended(raw: str) -> str:
    """The same JSON with U+FFFD for halves of surrogate pairs. Writers let them through; no parser here does, and a record must not hide behind one."""
    if "\\ud" not in raw and "\\uD" not in raw:
        return raw
    return _ESCAPE.sub(lambda found: "\\ufffd" if found["half"] else found[0], raw)


def nested(text: str) -> Any:
    """What a field says that holds JSON as text; ValueError if it is none. Halves of surrogate pairs are as hidden in it as they are in a record."""
    try:
        return json.loads(mended(text))
    except RecursionError as e:
        raise ValueError("nested too deep") from e


def every(record: Any, path: str) -> Iterator[Any]:
    """All values at a dotted path; a list on the way stands for each of its items."""
    return iter(_every(record, _steps(path)))


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _every(value: Any, steps: tuple[str, ...]) -> list[Any]:
    for n, step in enumerate(steps):
        if isinstance(value, list):
            return [found for item in value for found in _every(item, steps[n:]) if not isinstance(item, list)]
        if not isinstance(value, dict):
            return []
        value = value.get(step)
    return [] if value is None else value if isinstance(value, list) else [value]


def at(record: Any, *paths: str) -> Any:
    """The first value that is not nothing at any of the paths, tried in order; else None."""
    return next((v for path in paths for v in _every(record, _steps(path)) if v not in NOTHING), None)


def text(record: Any, *paths: str) -> str | None:
    """The same as text; an object is none."""
    for path in paths:
        for v in _every(record, _steps(path)):
            if isinstance(v, str | int | float) and v not in NOTHING:
                return str(v)
    return None


def inside(record: Any, *paths: str) -> Mapping[str, Any]:
    """The first object at any of the paths; else an empty one."""
    return next((v for path in paths for v in every(record, path) if isinstance(v, Mapping)), {})


def named(found: Iterable[tuple[str, Any, str]]) -> tuple[Entity, ...]:
    """Entities from (kind, name, role), each once, under their canonical names, in order; those without a name are left out."""
    return tuple(sorted({Entity.of(kind, str(name), role) for kind, name, role in found if isinstance(name, (str, int)) and name not in NOTHING}))


def as_json(entities: Iterable[Entity]) -> str:
    """Entities as an event keeps them."""
    return json.dumps([{"kind": e.kind, "name": e.name, "role": e.role} for e in entities])
