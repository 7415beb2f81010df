"""Times as strangers write them: a number since 1970 in whatever unit, or text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_NUMBER = re.compile(r"\d{9,19}(\.\d+)?")
_SCALES = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
# A part of a second behind a colon, and a zone behind a space: two dialects of ISO 8601 that are none.
_DIALECT = re.compile(r"(\d\d:\d\d:\d\d)(?::(\d{1,9}))?([.,]\d+)? ?(Z|[+-]\d\d:?\d\d)?")
_WRITTEN = ("%a %b %d %H:%M:%S %Y", "%b %d, %Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(*values: Any) -> dt.datetime | None:
    """The first of these that is a time, in UTC. A number is seconds to nanoseconds since 1970, told apart by its size; text without a zone is UTC."""
    return next((found for value in values if (found := _read(value)) is not None), None)


def _read(value: Any) -> dt.datetime | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        return _since_1970(value)
    said = value[:200].strip().removesuffix(" (UTC)").removesuffix(" UTC").removesuffix(" GMT")
    if _NUMBER.fullmatch(said):
        return _since_1970(float(said))
    # Other digits alone are no time: a basic ISO date would be found in every long number.
    return None if len(said) > 64 or said.isdigit() else _iso(said) or _written(said.removesuffix(" +0000"))


def _since_1970(number: float) -> dt.datetime | None:
    """None for what is too small or too large for a time of ours."""
    scale = next((s for limit, s in _SCALES if 1e8 <= number < limit), None)
    return EPOCH + dt.timedelta(microseconds=round(number / scale * 1e6)) if scale else None


def _iso(said: str) -> dt.datetime | None:
    day, _, clock = said.replace("T", " ", 1).partition(" ")
    parts = _DIALECT.fullmatch(clock)
    if parts:
        said = f"{day}T{parts[1]}{'.' + parts[2] if parts[2] else parts[3] or ''}{parts[4] or ''}"
    try:
        found = dt.datetime.fromisoformat(said)
        return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None


def _written(said: str) -> dt.datetime | None:
    for form in _WRITTEN:
        try:
            return dt.datetime.strptime(said, form).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
    return None
