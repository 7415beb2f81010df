"""A time as strangers write it: seconds since 1970 or parts of them, or a date and a clock in some dialect of ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SCALES = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (float("inf"), 1e9))
_WRITTEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)(?:[.,:]?(?P<part>\d{1,9}))?\s*(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?$",
)
_NUMBER = re.compile(r"\d{9,19}(\.\d{1,9})?$")


def moment(value: Any) -> dt.datetime | None:
    """The time in UTC; None where there is none. A number's unit is told by its size, a text without a zone is UTC."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _since_1970(float(value))
    text = str(value).strip()[:64]
    if _NUMBER.match(text):
        return _since_1970(float(text))
    found = _WRITTEN.match(text)
    if found is None:
        return None
    zone = (found["zone"] or "Z").replace("UTC", "Z")
    part = f".{found['part'][:6]:0<6}" if found["part"] else ""
    try:
        return dt.datetime.fromisoformat(f"{found['date']}T{found['clock']}{part}{zone}").astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _since_1970(number: float) -> dt.datetime | None:
    scale = next((s for limit, s in _SCALES if abs(number) < limit), None)
    if scale is None or not number > 0:
        return None
    try:
        return _EPOCH + dt.timedelta(microseconds=round(number / scale * 1e6))
    except (OverflowError, ValueError):
        return None
