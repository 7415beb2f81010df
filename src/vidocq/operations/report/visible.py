"""Text of a log as it may be printed: what would steer a terminal, or change what a reader sees without being seen, is spelt out."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ue000\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
"""Controls (and with them every ANSI escape), bidi marks, zero-width and tag characters; the page spells out the same ones."""

_DISGUISE = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")
"""Letters that look like Latin ones: Greek, Cyrillic, Armenian, Cherokee, wide and mathematical ones."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")


def visible(text: Any) -> str:
    """The text on one line, each unseen character as ⟨U+202E⟩, and each letter that passes for a Latin one in a word of Latin letters."""
    plain = "" if text is None else str(text)
    if _DISGUISE.search(plain):
        plain = _WORD.sub(lambda word: _DISGUISE.sub(_spelt, word[0]) if _LATIN.search(word[0]) else word[0], plain)
    return _UNSEEN.sub(_spelt, plain)


def _spelt(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


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
