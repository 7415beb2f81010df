"""Cuts unpacked bytes into records, whatever the layout, and says which pieces were none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from vidocq.model.source import Layout
from vidocq.operations.reading import lines as reading_lines
from vidocq.operations.reading.documents import json_records, mended
from vidocq.operations.reading.lines import Cut, lines
from vidocq.operations.reading.tables import csv_rows, parquet_records, text

BATCH = 50_000
BATCH_BYTES = 64 << 20
EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Reject:
    """A piece of a file that is no record: where it stood (line or item, from 1), why, and its beginning."""

    position: int
    reason: str
    excerpt: str


@dataclass(slots=True)
class Batch:
    """Records of one layout, column by column."""

    raw: list[str] = field(default_factory=list)
    position: list[int] = field(default_factory=list)
    digest: list[str] = field(default_factory=list)
    cells: list[list[str]] | None = None
    fields: tuple[str, ...] = ()
    variant: str = ""
    json: bool = False
    rejects: list[Reject] = field(default_factory=list)
    size: int = 0

    @property
    def read(self) -> int:
        return len(self.raw) + len(self.rejects)

    def add(self, raw: bytes, position: int, cells: list[str] | None = None) -> None:
        self.raw.append(mended(text(raw)) if self.json else text(raw))
        self.digest.append(hashlib.sha256(raw).hexdigest()[:16])
        self.position.append(position)
        if cells is not None and self.cells is not None:
            self.cells.append(cells)
        self.size += len(raw)

    def refuse(self, raw: bytes, position: int, reason: str) -> None:
        self.rejects.append(Reject(position, reason, text(raw[:EXCERPT])))

    def take(self, raw: bytes | Cut, position: int, why: str = "", cells: list[str] | None = None) -> None:
        """A record, or a piece that is none: for `why`, or because it is too long."""
        if isinstance(raw, Cut) or len(raw) > reading_lines.LONGEST:
            size = raw if isinstance(raw, Cut) else len(raw)
            self.refuse(b"", position, f"a record of {int(size)} bytes; the longest that is read has {reading_lines.LONGEST}")
        elif why:
            self.refuse(raw, position, why)
        else:
            self.add(raw, position, cells)

    def full(self) -> bool:
        return len(self.raw) >= BATCH or len(self.rejects) >= BATCH or self.size >= BATCH_BYTES

    def table(self) -> pa.Table:
        """The records as Arrow: pos, digest, raw, and the cells of delimited ones."""
        columns: dict[str, pa.Array] = {
            "pos": pa.array(self.position, pa.int64()), "digest": pa.array(self.digest, pa.string()), "raw": pa.array(self.raw, pa.string()),
        }
        if self.cells is not None:
            columns["f"] = pa.array(self.cells, pa.list_(pa.string()))
        return pa.table(columns)


def records(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """The records of a file in batches, in the order they stand in it; positions are different."""
    if layout.form == "csv":
        yield from _csv(chunks, layout)
    elif layout.form == "delimited":
        yield from _delimited(lines(chunks), layout)
    elif layout.form == "parquet":
        yield from _batched(parquet_records(chunks), layout)
    elif layout.form == "json":
        yield from _batched(json_records(chunks, layout.within), layout)
    else:
        yield from _batched(((n, line, "") for n, line in lines(chunks)), layout)


def _batched(pieces: Iterable[tuple[int, bytes | Cut, str]], layout: Layout) -> Iterator[Batch]:
    batch = Batch(variant=layout.variant, json=layout.form == "json")
    for position, raw, why in pieces:
        if not why and not isinstance(raw, Cut) and not raw.strip():
            continue
        batch.take(raw, position, why)
        if batch.full():
            yield batch
            batch = Batch(variant=layout.variant, json=batch.json)
    if batch.read:
        yield batch


def _delimited(numbered: Iterator[tuple[int, bytes | Cut]], layout: Layout) -> Iterator[Batch]:
    """Lines of separated cells. A header line begins a new batch, since concatenated logs change their columns.

    A header that begins with a sign (`#fields`) is a prefix, and that sign begins comments; one that begins with a letter is the line itself.
    """

    def fresh(fields: tuple[str, ...]) -> Batch:
        return Batch(cells=[], fields=fields, variant=layout.variant)

    sign = layout.header[:1] if layout.header and not layout.header[0].isalnum() else ""
    batch = fresh(layout.fields)
    for n, line in numbered:
        if isinstance(line, Cut):
            batch.take(line, n)
        elif not line.strip():
            continue
        elif layout.header and line.startswith(layout.header.encode()):
            if batch.read:
                yield batch
            named = text(line).removeprefix(layout.header if sign else "").lstrip(layout.separator)
            batch = fresh(tuple(name.strip() for name in named.rstrip().split(layout.separator)))
        elif not sign or not line.startswith(sign.encode()):
            cells = text(line).split(layout.separator)
            batch.take(line, n, _uneven(cells, batch.fields), cells)
        if batch.full():
            yield batch
            batch = fresh(batch.fields)
    if batch.read:
        yield batch


def _csv(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """A table with a header line; positions count its rows from 1, without the header."""

    def fresh(fields: tuple[str, ...]) -> Batch:
        return Batch(cells=[], fields=fields, variant=layout.variant)

    batch, shift = fresh(layout.fields), 1 if layout.fields else 0
    for n, cells, written, why in csv_rows(chunks, layout.separator):
        if not batch.fields and not why:
            batch.fields = tuple(c.strip() for c in cells)
            shift = 0 if n == 0 else -n
            continue
        batch.take(written, max(n + shift, 1), why or _uneven(cells, batch.fields), cells)
        if batch.full():
            yield batch
            batch = fresh(batch.fields)
    if batch.read:
        yield batch


def _uneven(cells: list[str], fields: tuple[str, ...]) -> str:
    return "" if len(cells) == len(fields) else f"{len(cells)} columns where the header names {len(fields)}"
