"""Lines of one event brought together: some writers tell an event in several lines, mixed with those of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vidocq.operations.reading.lines import Cut

OPEN = 256
"""Events that may be unfinished at a time: a writer holds back no more than it has processors. What comes later begins an event of its own."""
LINES = 500
"""Lines of one event: a command of many arguments has hundreds."""


@dataclass(slots=True)
class _Group:
    position: int
    lines: list[bytes] = field(default_factory=list)


def joined(numbered: Iterable[tuple[int, bytes | Cut]], pattern: str) -> Iterator[tuple[int, bytes | Cut]]:
    """(number of the first line, the lines of one key with line ends between), in the order in which events begin to be told.

    A line without a key stands alone. One that is repeated to the letter begins anew: the same event may be told twice.
    """
    key_of = re.compile(pattern.encode())
    groups: dict[tuple[bytes | None, ...], _Group] = {}
    for n, line in numbered:
        found = None if isinstance(line, Cut) else key_of.search(line)
        if found is None or isinstance(line, Cut):
            yield n, line
            continue
        key = found.groups()
        group = groups.get(key)
        if group is not None and (len(group.lines) >= LINES or line in group.lines):
            yield _whole(groups.pop(key))
            group = None
        if group is None:
            if len(groups) >= OPEN:
                yield _whole(groups.pop(next(iter(groups))))
            group = groups[key] = _Group(n)
        group.lines.append(line)
    yield from map(_whole, groups.values())


def _whole(group: _Group) -> tuple[int, bytes]:
    return group.position, b"\n".join(group.lines)
