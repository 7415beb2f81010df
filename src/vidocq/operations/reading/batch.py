"""Records of one kind on their way from a file to a statement: as they are written, and as columns."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pyarrow as pa

from vidocq.model.record import mended
from vidocq.operations.reading import lines as reading_lines
from vidocq.operations.reading.lines import Cut
from vidocq.operations.reading.tables import text

BATCH = 50_000
BATCH_BYTES = 64 << 20
EXCERPT = 200
_HALF = re.compile(rb"\\u[dD]")


@dataclass(frozen=True, slots=True)
class Reject:
    """A piece of a file that is no record: where it stood (line or item, from 1), why, and its beginning."""

    position: int
    reason: str
    excerpt: str


@dataclass(slots=True)
class Batch:
    """Records that are read alike: those of one layout, and of one header where there is one."""

    raw: list[bytes | msgspec.Raw] = field(default_factory=list)
    position: list[int] = field(default_factory=list)
    cells: list[list[str]] | None = None
    """Of tables with quotes; those of a `separator` alone are cut when they become columns."""
    fields: tuple[str, ...] | None = None
    """The names of the cells, None where there are none."""
    separator: str = ""
    variant: str = ""
    json: bool = False
    rejects: list[Reject] = field(default_factory=list)
    size: int = 0

    @property
    def read(self) -> int:
        return len(self.raw) + len(self.rejects)

    def add(self, raw: bytes | msgspec.Raw, position: int, size: int) -> None:
        self.raw.append(raw)
        self.position.append(position)
        self.size += size

    def refuse(self, raw: bytes, position: int, reason: str) -> None:
        self.rejects.append(Reject(position, reason, text(raw[:EXCERPT])))

    def take(self, raw: bytes | msgspec.Raw | Cut, position: int, why: str = "") -> bool:
        """Is it a record, and not a piece that is none: for `why`, or because it is too long?"""
        size = int(raw) if isinstance(raw, Cut) else len(raw)
        if size > reading_lines.LONGEST or isinstance(raw, Cut):
            self.refuse(b"", position, f"a record of {size} bytes; the longest that is read has {reading_lines.LONGEST}")
        elif why:
            self.refuse(bytes(raw), position, why)
        else:
            self.add(raw, position, size)
            return True
        return False

    def full(self) -> bool:
        return len(self.raw) >= BATCH or self.size >= BATCH_BYTES or len(self.rejects) >= BATCH

    def join(self, other: Batch) -> None:
        """The records of another batch that is read alike follow; their positions are those in a file of their own."""
        self.raw += other.raw
        self.position += other.position
        if self.cells is not None and other.cells is not None:
            self.cells += other.cells
        self.size += other.size

    def table(self, wanted: frozenset[str] | None = None) -> pa.Table:
        """The records as Arrow: n (from 0), pos, digest, raw, and as f1, f2 … the cells, all or those `wanted`."""
        digests = [hashlib.sha256(raw).hexdigest()[:16] for raw in self.raw]
        clean = _clean(self.raw, self.json)
        raw = clean if clean is not None else _mended(self.raw, self.json)
        columns: dict[str, Any] = {
            "n": pa.array(range(len(digests)), pa.int64()), "pos": pa.array(self.position, pa.int64()), "digest": pa.array(digests, pa.string()), "raw": raw,
        }
        numbers = [i for i, name in enumerate(self.fields or ()) if wanted is None or name in wanted]
        if numbers:
            made = _cut(self.raw, self.separator, len(self.fields or ()), numbers) if self.cells is None and clean is not None else None
            columns |= made or _columns(self.cells or [line.split(self.separator) for line in raw.to_pylist()], numbers)
        return pa.table(columns)


def _clean(raws: Sequence[bytes | msgspec.Raw], json: bool) -> pa.Array | None:
    """What is written, as text; None where something in it is no text that a store holds."""
    import numpy as np

    data = b"".join(raws)
    if b"\x00" in data or (json and _HALF.search(data)):
        return None
    ends = np.zeros(len(raws) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, raws), np.int32, len(raws)), out=ends[1:])
    made = pa.StringArray.from_buffers(len(raws), pa.py_buffer(ends), pa.py_buffer(data))
    try:
        made.validate(full=True)
    except pa.ArrowInvalid:
        return None
    return made


def _mended(raws: Sequence[bytes | msgspec.Raw], json: bool) -> pa.Array:
    """What is written, without zeros, what is no UTF-8 and, in JSON, halves of surrogate pairs."""
    told = (text(bytes(raw)) for raw in raws)
    return pa.array([mended(raw) for raw in told] if json else list(told), pa.string())


def _columns(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> dict[str, pa.Array]:
    return {f"f{i + 1}": pa.array([row[i] for row in rows], pa.string()) for i in numbers}


def _cut(lines: Sequence[bytes | msgspec.Raw], separator: str, width: int, numbers: Sequence[int]) -> dict[str, pa.ChunkedArray] | None:
    """The cells of lines without quotes; None where this reader, the fast one, would take a line for another."""
    from pyarrow import csv

    if len(separator.encode()) != 1:
        return None
    names = [f"f{i + 1}" for i in range(width)]
    try:
        found = csv.read_csv(
            io.BytesIO(b"\n".join(lines)),
            read_options=csv.ReadOptions(column_names=names, block_size=1 << 22),
            parse_options=csv.ParseOptions(delimiter=separator, quote_char=False, double_quote=False, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), include_columns=[names[i] for i in numbers]),
        )
    except pa.ArrowInvalid:
        return None
    return {name: found[name] for name in found.column_names} if found.num_rows == len(lines) else None
