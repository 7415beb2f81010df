"""Addresses and address ranges as numbers: a hundred thousand addresses meet half a million ranges in one sorted search."""

from __future__ import annotations

import socket
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

_MAPPED = 0xFFFF << 32
"""::ffff:0:0/96, where an IPv4 address travels in IPv6 clothes."""

Network = tuple[int, int, int]
"""(4 or 6, first, last)."""


def number(text: str) -> tuple[int, int] | None:
    """(4 or 6, the address as a number); None if the text is no address. An IPv4 address mapped into IPv6 is IPv4."""
    if not text[-1:].isdigit() and ":" not in text:
        return None
    try:
        return 4, int.from_bytes(socket.inet_pton(socket.AF_INET, text))
    except (OSError, ValueError):
        pass
    try:
        value = int.from_bytes(socket.inet_pton(socket.AF_INET6, text.strip("[]").split("%")[0]))
    except (OSError, ValueError):
        return None
    return (4, value & 0xFFFFFFFF) if value >> 32 == _MAPPED >> 32 else (6, value)


def network(text: str) -> tuple[int, int, int] | None:
    """(4 or 6, first, last) of `192.0.2.0/24`, `192.0.2.1` or `192.0.2.1-192.0.2.9`; None if it is none of these."""
    head, slash, length = text.partition("/")
    if slash:
        found, bits = number(head), _length(length)
        if found is None or bits is None or bits > (width := 32 if found[0] == 4 else 128):
            return None
        size = 1 << (width - bits)
        first = found[1] & -size
        return found[0], first, first + size - 1
    found = number(text)
    if found is not None:
        return found[0], found[1], found[1]
    head, dash, tail = text.partition("-")
    low, high = (number(head.strip()), number(tail.strip())) if dash else (None, None)
    if low is None or high is None or low[0] != high[0] or low[1] > high[1]:
        return None
    return low[0], low[1], high[1]


def _length(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


@dataclass(frozen=True, slots=True)
class Addresses:
    """Distinct addresses in order of their text, and their numbers by family: `at4[i]` is the place of `v4[i]` in `text`."""

    text: tuple[str, ...]
    at4: np.ndarray
    v4: np.ndarray
    at6: np.ndarray
    v6: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    @staticmethod
    def of(texts: Iterable[str]) -> Addresses:
        """Those of the texts that are addresses."""
        kept: list[str] = []
        at4: list[int] = []
        v4: list[int] = []
        at6: list[int] = []
        v6: list[int] = []
        for text in sorted(set(texts)):
            found = number(text)
            if found is None:
                continue
            at, values = (at4, v4) if found[0] == 4 else (at6, v6)
            at.append(len(kept))
            values.append(found[1])
            kept.append(text)
        return Addresses(tuple(kept), np.array(at4, np.int64), np.array(v4, np.int64), np.array(at6, np.int64), tuple(v6))


@dataclass(frozen=True, slots=True)
class Ranges:
    """Disjoint ranges in order, each with a number that says which entry of a table it is."""

    first4: np.ndarray
    last4: np.ndarray
    value4: np.ndarray
    first6: Sequence[int] = ()
    last6: Sequence[int] = ()
    value6: Sequence[int] = ()

    @staticmethod
    def of(entries: Iterable[tuple[int, int, int, int]]) -> Ranges:
        """From (4 or 6, first, last, value); where ranges overlap, the innermost speaks."""
        four: list[tuple[int, int, int]] = []
        six: list[tuple[int, int, int]] = []
        for family, first, last, value in entries:
            (four if family == 4 else six).append((first, last, value))
        table = np.array(four, np.int64).reshape(-1, 3)
        return Ranges.of_arrays(table[:, 0], table[:, 1], table[:, 2], six)

    @staticmethod
    def of_arrays(first: np.ndarray, last: np.ndarray, value: np.ndarray, rest: Iterable[tuple[int, int, int]] = ()) -> Ranges:
        """From columns for IPv4 and a list of (first, last, value) for IPv6."""
        order = np.lexsort((-last, first))
        table = np.column_stack((first, last, value))[order]
        # Few ranges overlap in practice: only the clusters that do are cut one by one.
        opens = np.ones(len(table), bool)
        opens[1:] = table[1:, 0] > np.maximum.accumulate(table[:, 1])[:-1]
        cluster = np.cumsum(opens)
        alone = np.bincount(cluster)[cluster] == 1 if len(table) else opens
        if not alone.all():
            cut = np.array(_innermost(map(tuple, table[~alone].tolist())), np.int64).reshape(-1, 3)
            table = np.concatenate((table[alone], cut))
            table = table[np.argsort(table[:, 0])]
        six = _innermost(rest)
        first, last, value = (table[:, i].copy() for i in range(3))
        return Ranges(first, last, value, *([r[i] for r in six] for i in range(3)))

    def find(self, addresses: Addresses) -> np.ndarray:
        """For each address the value of the range that holds it, or -1."""
        found = np.full(len(addresses), -1, np.int64)
        if len(self.first4) and len(addresses.v4):
            at = np.searchsorted(self.first4, addresses.v4, "right") - 1
            inside = (at >= 0) & (addresses.v4 <= self.last4[at])
            found[addresses.at4] = np.where(inside, self.value4[at], -1)
        if self.first6:
            for place, value in zip(addresses.at6.tolist(), addresses.v6, strict=True):
                i = bisect_right(self.first6, value) - 1
                if i >= 0 and value <= self.last6[i]:
                    found[place] = self.value6[i]
        return found

    def covers(self, addresses: Addresses) -> np.ndarray:
        """For each address whether the table speaks of its family at all: a list of IPv4 ranges says nothing about IPv6."""
        covered = np.zeros(len(addresses), bool)
        covered[addresses.at4] = len(self.first4) > 0
        covered[addresses.at6] = len(self.first6) > 0
        return covered

    def size(self) -> int:
        """How many addresses it holds."""
        four = int((self.last4 - self.first4 + 1).sum()) if len(self.first4) else 0
        return four + sum(b - a + 1 for a, b in zip(self.first6, self.last6, strict=True))


def _innermost(ranges: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The same ranges, cut so that none overlap; the one that begins last, and is the shortest of those, keeps the ground."""
    out: list[tuple[int, int, int]] = []
    open_: list[tuple[int, int]] = []
    at = 0

    def close(before: int | None) -> None:
        nonlocal at
        while open_ and (before is None or open_[-1][0] < before):
            end, value = open_.pop()
            if at <= end:
                out.append((at, end, value))
                at = end + 1

    for first, last, value in sorted(ranges, key=lambda r: (r[0], -r[1])):
        close(first)
        if open_ and at < first:
            out.append((at, first - 1, open_[-1][1]))
        at = first
        open_.append((last, value))
    close(None)
    return out
