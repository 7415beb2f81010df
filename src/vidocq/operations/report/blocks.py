"""Data inside a page: gzip in base64 in blocks that no browser executes, and a size that the whole may not pass."""

from __future__ import annotations

import base64
import gzip
from dataclasses import dataclass, field
from typing import IO, Any

import msgspec

_encode = msgspec.json.Encoder(decimal_format="number").encode
LIMIT = 48_000_000
"""Bytes of a report, at most; what is promised is 50 MB."""
AIM = 8_000_000
"""Bytes that a report is to weigh where nothing but evidence of dismissed investigations is in the way: it is sent by mail, and opened on a train."""


def block(name: str, value: Any) -> bytes:
    """A script element of data. Base64 holds no `<`: nothing in a log can close it. The same value gives the same bytes."""
    packed = gzip.compress(_encode(value), 6, mtime=0)
    return b'<script type="application/octet-stream" id="%s">%s</script>\n' % (name.encode(), base64.b64encode(packed))


@dataclass(slots=True)
class Budget:
    """What a report may still weigh, shared evenly among the investigations to come."""

    expected: int
    reserved: int
    """Bytes of the incidents. The page and the shared table have a sixteenth of the whole."""
    written: int = 0
    done: int = 0
    per_row: float = 160.0
    """Bytes that the index takes per investigation, as measured so far."""
    indexed: tuple[int, int] = field(default=(0, 0))

    costs: dict[int, float] = field(default_factory=dict)
    """Level of detail -> bytes that an investigation took at it when it was last tried."""

    def level(self, levels: int, spare: int, count: int) -> int:
        """The fullest level that would fit for the next `count`, going by what was seen; one that was not tried yet may."""
        return next((n for n in range(levels) if self.fits(n, self.costs.get(n, 0), spare, count)), levels - 1)

    def fits(self, level: int, cost: float, spare: int, count: int) -> bool:
        """Whether investigations of this cost may be written. What levels up to `spare` leave out is spared early, for the sake of a light page."""
        return cost <= self.share(min(AIM, LIMIT) if level < spare else LIMIT, count)

    def share(self, whole: int, count: int) -> float:
        """Bytes that each of the next `count` investigations may take of a page of this size."""
        left = max(self.expected - self.done, count)
        return (whole * 15 // 16 - self.reserved - self.written - self.per_row * (self.expected - self.indexed[1])) / left

    def spend(self, size: int, count: int) -> None:
        self.written += size
        self.done += count

    def index(self, size: int, count: int) -> None:
        """Take note of a block of the index: its size tells what the ones to come will take."""
        self.written += size
        self.indexed = (self.indexed[0] + size, self.indexed[1] + count)
        self.per_row = self.indexed[0] / self.indexed[1]


@dataclass(slots=True)
class Blocks:
    """Blocks written one after another under numbered names."""

    file: IO[bytes]
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        self.file.write(data)
        self.counts[name] = self.counts.get(name, 0) + 1

    def next(self, name: str) -> str:
        """The name of the block that would come next."""
        return f"{name}-{self.counts.get(name, 0)}"
