"""Cuts unpacked bytes into records, whatever the layout, and says which pieces were none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vidocq.model.source import Layout
from vidocq.operations.reading.batch import Batch
from vidocq.operations.reading.documents import Envelope, Piece, json_records, nothing
from vidocq.operations.reading.evtx import evtx_records
from vidocq.operations.reading.joined import joined
from vidocq.operations.reading.lines import Cut, lines
from vidocq.operations.reading.messages import messages
from vidocq.operations.reading.tables import csv_rows, parquet_records, text


def records(chunks: Iterator[bytes], layout: Layout, is_record: Callable[[bytes], bool] = nothing) -> Iterator[Batch]:
    """The records of a file in batches, in the order they stand in it; positions are different. `is_record` knows an object of JSON that is no mere envelope."""
    if layout.form == "csv":
        yield from _csv(chunks, layout)
    elif layout.form == "delimited":
        yield from _delimited(lines(chunks), layout)
    elif layout.form == "parquet":
        yield from _batched(parquet_records(chunks), layout)
    elif layout.form == "evtx":
        yield from _batched(evtx_records(chunks), layout)
    elif layout.form == "message":
        yield from _batched(messages(chunks), layout)
    elif layout.form == "json":
        yield from _batched(json_records(chunks, Envelope(layout.within, is_record)), layout)
    else:
        told = ((n, line) for n, line in lines(chunks) if isinstance(line, Cut) or line.strip())
        yield from _batched(((n, line, "") for n, line in (joined(told, layout.joined) if layout.joined else told)), layout)


def _batched(pieces: Iterable[Piece], layout: Layout) -> Iterator[Batch]:
    batch = Batch(variant=layout.variant, json=layout.form in ("json", "evtx"))
    for position, raw, why in pieces:
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
        return Batch(fields=fields, separator=layout.separator, variant=layout.variant)

    sign = layout.header[:1] if layout.header and not layout.header[0].isalnum() else ""
    header, comment, separator = layout.header.encode() or None, sign.encode() or None, layout.separator.encode()
    batch = fresh(layout.fields)
    for n, line in numbered:
        if isinstance(line, Cut):
            batch.take(line, n)
        elif not line.strip():
            continue
        elif header and line.startswith(header):
            if batch.read:
                yield batch
            named = text(line).removeprefix(layout.header if sign else "").lstrip(layout.separator)
            batch = fresh(tuple(name.strip() for name in named.rstrip().split(layout.separator)))
        elif not comment or not line.startswith(comment):
            batch.take(line, n, _uneven(line.count(separator) + 1, batch))
        if batch.full():
            yield batch
            batch = fresh(batch.fields or ())
    if batch.read:
        yield batch


def _csv(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """A table with a header line; positions count its rows from 1, without the header. Where the layout has its `fields` and a sign as its `header`, lines that begin with it are remarks."""

    def fresh(fields: tuple[str, ...]) -> Batch:
        return Batch(cells=[], fields=fields, separator=layout.separator, variant=layout.variant)

    batch, shift = fresh(layout.fields), 1 if layout.fields else 0
    for n, cells, written, why in csv_rows(chunks, layout.separator, len(layout.fields)):
        if layout.fields and layout.header and written.startswith(layout.header.encode()):
            continue
        if not batch.fields and not why:
            batch.fields = tuple(c.strip() for c in cells)
            shift = 0 if n == 0 else -n
            continue
        if batch.take(written, max(n + shift, 1), why or _uneven(len(cells), batch)) and batch.cells is not None:
            batch.cells.append(cells)
        if batch.full():
            yield batch
            batch = fresh(batch.fields or ())
    if batch.read:
        yield batch


def _uneven(cells: int, batch: Batch) -> str:
    width = len(batch.fields or ())
    return "" if cells == width else f"{cells} columns where the header names {width}"
