"""Times as strangers write them: a number since 1970 in whatever unit, or text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_NUMBER = re.compile(r"\d{9,19}(\.\d+)?")
_SCALES = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (float("inf"), 1e9))
_WRITTEN = ("%a %b %d %H:%M:%S %Y", "%b %d, %Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(*values: Any) -> dt.datetime | None:
    """The first of these that is a time, in UTC. A number is seconds to nanoseconds since 1970, told apart by its size; text without a zone is UTC."""
    return next((found for value in values if (found := _read(value)) is not None), None)


def _read(value: Any) -> dt.datetime | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    said = (f"{value:.9f}" if isinstance(value, float) else str(value)).strip()[:64].removesuffix(" (UTC)").removesuffix(" UTC").removesuffix(" GMT")
    if _NUMBER.fullmatch(said):
        scale = next(s for limit, s in _SCALES if float(said) < limit)
        return EPOCH + dt.timedelta(microseconds=round(float(said) / scale * 1e6))
    if said.isdigit():
        return None
    try:
        found = dt.datetime.fromisoformat(said)
    except ValueError:
        return _written(said.removesuffix(" +0000"))
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _written(said: str) -> dt.datetime | None:
    for form in _WRITTEN:
        try:
            return dt.datetime.strptime(said, form).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
    return None
