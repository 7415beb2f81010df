"""Searches many texts for thousands of others in one pass.

Of every text searched for the rarest four bytes are chosen (two of a short one). One look at each place of the data tells whether one of those
stands there, and only there the whole text is compared. The answer is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

STEP = 1 << 22
"""Places looked at together."""
SHORTEST = 2
"""Bytes of a text that can be searched for."""
SAMPLE = 1 << 22
"""Bytes that say what is rare."""
_BITS = 18
_SPREAD = np.uint32(2654435761)
Places = NDArray[np.int64]
Groups = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A text to search for: anywhere, or from the beginning or to the end of what is searched."""

    text: bytes
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts one behind the other: where each begins, with the end of the last, in their bytes."""

    data: NDArray[np.uint8]
    begins: Places

    @classmethod
    def of(cls, values: pa.Array) -> Texts:
        """Of an Arrow array of strings without a null."""
        wide = values.cast(pa.large_string())
        _, offsets, data = wide.buffers()
        begins = np.frombuffer(offsets, np.int64, len(wide) + 1, wide.offset * 8) if len(wide) else np.zeros(1, np.int64)
        whole = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        return cls(whole[begins[0] : begins[-1]], begins - begins[0])


class Rarity:
    """How often the groups of bytes of some texts occur in data like that which is searched."""

    def __init__(self, texts: Texts) -> None:
        self._of = max(len(texts.begins) - 1, 1)
        sample = texts.data[:SAMPLE]
        self._counts = {w: np.bincount(_place(_groups(sample, w), w), minlength=1 << _size(w)) for w in (2, 4)}

    def rarest(self, text: bytes) -> tuple[int, int, int]:
        """Width and place of the rarest group of a text of two bytes or more, and how often it occurs."""
        width = _width(text)
        counts = self._counts[width][_place(_groups(np.frombuffer(text, np.uint8), width), width)]
        at = int(counts.argmin())
        return width, at, int(counts[at])

    def share(self, text: bytes) -> float:
        """About which share of the texts hold this one; more than any for one that is too short to be searched for."""
        return min(self.rarest(text)[2] / self._of, 1.0) if len(text) >= SHORTEST else math.inf


def search(texts: Texts, sought: Sequence[Sought]) -> list[Places]:
    """For each text sought the numbers of the texts that hold it, ascending."""
    rarity = Rarity(texts)
    found = [np.zeros(0, np.int64)] * len(sought)
    chosen = [rarity.rarest(s.text) for s in sought]
    for width in (2, 4):
        mine = [n for n, (w, _, _) in enumerate(chosen) if w == width]
        if not mine:
            continue
        groups = np.array([_groups(np.frombuffer(sought[n].text, np.uint8), width)[chosen[n][1]] for n in mine])
        for n, places in zip(mine, _occurrences(texts.data, groups, width), strict=True):
            found[n] = _holding(texts, sought[n], places - chosen[n][1])
    return found


def _occurrences(data: NDArray[np.uint8], groups: Groups, width: int) -> Iterator[Places]:
    """For each group of bytes the places where it stands."""
    wanted = np.unique(groups)
    there = np.zeros(1 << _size(width), bool)
    there[_place(wanted, width)] = True
    places, held = [np.zeros(0, np.int64)], [np.zeros(0, wanted.dtype)]
    whole = _groups(data, width)
    for begins in range(0, len(whole), STEP):
        part = whole[begins : begins + STEP]
        at = np.flatnonzero(there[_place(part, width)])
        group = part[at]
        # Two groups may share a place of the table.
        true = wanted[np.minimum(np.searchsorted(wanted, group), len(wanted) - 1)] == group
        places.append(at[true] + begins)
        held.append(group[true])
    every, of = np.concatenate(places), np.concatenate(held)
    order = np.argsort(of, kind="stable")
    every, of = every[order], of[order]
    for low, high in zip(np.searchsorted(of, groups, "left"), np.searchsorted(of, groups, "right"), strict=True):
        yield every[low:high]


def _holding(texts: Texts, sought: Sought, begins: Places) -> Places:
    """Of the places where a text may begin those where it does, as the numbers of what holds it there."""
    length = len(sought.text)
    begins = begins[(begins >= 0) & (begins + length <= len(texts.data))]
    for n, byte in enumerate(sought.text):
        if not len(begins):
            break
        begins = begins[texts.data[begins + n] == byte]
    holder = np.searchsorted(texts.begins, begins, "right") - 1
    fits = begins + length <= texts.begins[holder + 1]
    if sought.first:
        fits &= begins == texts.begins[holder]
    if sought.last:
        fits &= begins + length == texts.begins[holder + 1]
    return np.unique(holder[fits])


def _width(text: bytes) -> int:
    return 4 if len(text) >= 4 else 2


def _size(width: int) -> int:
    return 16 if width == 2 else _BITS


def _groups(data: NDArray[np.uint8], width: int) -> Groups:
    """The groups of this many bytes that begin at each place, as numbers. A view: nothing is copied."""
    whole = np.ascontiguousarray(data)
    return np.ndarray((max(len(whole) - width + 1, 0),), f"<u{width}", whole, 0, (1,))


def _place(groups: Groups, width: int) -> Groups:
    return groups if width == 2 else (groups * _SPREAD) >> np.uint32(32 - _BITS)
