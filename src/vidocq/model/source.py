"""A source: how a log is recognised, cut into records, and put into OCSF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

_NAME = re.compile(r'"([^"\\]{1,100})"\s*:')
Form = Literal["lines", "json", "delimited", "csv", "parquet", "evtx", "message"]


def names_in(text: str) -> frozenset[str]:
    """The names of fields in a beginning of JSON. Formats are known by them, never by a text between quotes: callers choose values (a client that is called `eventType`), writers of logs choose names."""
    # One beginning is shown to every source; a record that is asked about by itself may be large, and is not kept.
    return _names_in(text) if len(text) <= 1 << 16 else frozenset(_NAME.findall(text))


@lru_cache(maxsize=16)
def _names_in(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a file before it is read: its name and its first bytes, unpacked and decoded."""

    name: str
    text: str
    """64 KiB of them: enough to know a format by."""
    further: Callable[[], str] | None = None
    """Some megabytes of them, for what a format says only now and then."""

    def first_line(self) -> str:
        return next((line for line in self.text.splitlines() if line.strip()), "")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the bytes of a file fall into records."""

    form: Form
    within: tuple[str, ...] = ()
    """JSON: keys under which an array of records may stand (`Records`). A bare array, one object per line and a single object are always tried."""
    fields: tuple[str, ...] = ()
    """Delimited: names of the columns, where no header line gives them."""
    separator: str = "\t"
    header: str = ""
    """Delimited: the beginning of a line that names the columns (again). One that begins with a sign (`#fields`) is a mark before them, and that
    sign begins comment lines; any other is their line itself."""
    unset: tuple[str, ...] = ("-", "(empty)", "")
    variant: str = ""
    """Which of the source's logs this is; the maps see it as the column `variant`."""
    joined: str = ""
    """Lines: a regular expression whose groups are the key that the lines of one record share. They may be mixed with those of others; `line` is
    then all of them."""


@dataclass(frozen=True, slots=True)
class Map:
    """One event class a record becomes. `{a.b}` in an expression is that field of the record as text, NULL where it is absent."""

    of: str
    columns: Mapping[str, str]
    when: str = "TRUE"
    """Which records it takes. The first map that takes a record is the only one, save those marked `also`."""
    also: bool = False


Row = tuple[str, Mapping[str, Any]]
"""An event class and its columns; times are datetimes in UTC or RFC 3339 text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A log format. Either `maps` (vectorised SQL, for volume) or `rows` (a function of one record, for what is small or deeply nested)."""

    id: str
    title: str
    recognise: Callable[[Head], Layout | None]
    maps: tuple[Map, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    """Expressions that several columns share, worked out once per record: `{name}` in a column, or in a later term, is its value."""
    rows: Callable[[Mapping[str, Any]], Iterable[Row]] | None = None
    refine: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """After `rows`: (class, column -> SQL over the columns so far), one after another. A column that the class does not have is only a step."""
    flat: bool = False
    """Field names are taken whole: `{id.orig_h}` is one key, not a path."""
    unique: bool = False
    """The format's own id names one record: a second one with the same id is a duplicate."""
    placed: str = ""
    """The beginning of its ids, where they are no more than a record's place in its file. The column `variant` is then what its maps write before
    them: nothing for the first such file of a store, a name of its own for each other."""
    rank: int = 0
    """Sources are tried by rank, highest first: the more particular before the more general."""
    lag_s: int = 300
    """How late its records usually come, in seconds."""
    settings: Mapping[str, Any] = field(default_factory=dict)
