"""Any text whose lines begin with a date and a time, when no other source knows it: the last resort.

A line without a time of its own continues the one before; it is not kept by itself, and is counted as refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from vidocq.model.source import Head, Layout, Row, Source

MESSAGE = 500
SHARE = 0.8
"""How many of the first lines must begin with a full date and time: a table, a text or a programme has fewer."""

# A word may stand before the time (the name of the file it came from), a bracket around it.
_TIMED = re.compile(
    r"(?:[\w./:-]{1,120} )?[\[(]?(?P<day>\d{4}[-/]\d\d[-/]\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)"
    r"(?P<part>[.,]\d{1,9})?(?P<zone>Z| ?[+-]\d\d:?\d\d)?[\])]?(?P<text>[,:;|\s].*)?$",
    re.S,
)
_EPOCH = re.compile(r"(?P<epoch>1\d{9})(?P<part>\.\d{1,9})? (?P<text>.*)", re.S)


def recognise(head: Head) -> Layout | None:
    begun = [line for line in head.text.splitlines()[:50] if line.strip()][:-1] or head.text.splitlines()[:1]
    if not begun or begun[0].startswith(("{", "<", "#")) or _is_table(begun):
        return None
    timed = sum(_moment(line) is not None for line in begun)
    return Layout("lines") if timed >= SHARE * len(begun) else None


def _is_table(lines: list[str]) -> bool:
    """A header of names above rows with as many separators is a table, which --mapping describes."""
    return any(len({line.count(s) for line in lines}) == 1 and lines[0].count(s) >= 2 for s in (",", ";", "\t")) and _TIMED.match(lines[0]) is None


def _moment(line: str) -> tuple[datetime, str] | None:
    found = _TIMED.match(line)
    if found:
        zone = (found["zone"] or "Z").strip()
        try:
            at = datetime.fromisoformat(f"{found['day'].replace('/', '-')}T{found['clock']}{(found['part'] or '').replace(',', '.')}{zone}")
        except ValueError:
            return None
        return at, found["text"] or ""
    found = _EPOCH.match(line)
    return (datetime.fromtimestamp(float(found["epoch"] + (found["part"] or "")), UTC), found["text"]) if found else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    found = _moment(record["line"])
    if found is not None:
        yield "base_event", {"time": found[0], "type": "log", "message": " ".join(found[1].strip(" ,:;|").split())[:MESSAGE] or None}


SOURCE = Source(id="generic_log", title="Text with a time on every line", recognise=recognise, rows=rows, rank=-100)
