"""Text of a log as it may be printed: what would steer a terminal, or change what a reader sees without being seen, is spelt out."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ue000\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
"""Controls (and with them every ANSI escape), bidi marks, zero-width and tag characters; the page spells out the same ones."""


def visible(text: Any) -> str:
    """The text on one line, each unseen character as ⟨U+202E⟩."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", "" if text is None else str(text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each visible; a line's end is a line's end."""
    return [visible(line) for line in text.splitlines() if line.strip()]


def clock(time: str | None) -> str:
    """A time of the log in UTC, to the second."""
    return visible(time).replace("T", " ")[:19] if time else "time unknown"


_NUMBERED = re.compile(r"(^|[^a-z])(port|pid|asn)$", re.IGNORECASE)
"""Facts whose number names something: it has no thousands."""


def figure(value: Any, name: Any = "") -> str:
    """A fact as a person reads it; `name` is what it is called."""
    if isinstance(value, int) and _NUMBERED.search(str(name)):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "–" if value is None else visible(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
