"""Cuts unpacked bytes into records, whatever the layout, and says which pieces were none."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
import pyarrow as pa

from vidocq.model.source import Layout

BATCH = 50_000
BATCH_BYTES = 64 << 20
LONGEST = 16 << 20
"""A record longer than this (bytes) is no log record any reader wrote."""
WHOLE = 1 << 30
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
    rejects: list[Reject] = field(default_factory=list)
    size: int = 0

    @property
    def read(self) -> int:
        return len(self.raw) + len(self.rejects)

    def add(self, raw: bytes, position: int, cells: list[str] | None = None) -> None:
        self.raw.append(raw.decode("utf-8", "replace").replace("\x00", "\ufffd"))
        self.digest.append(hashlib.sha256(raw).hexdigest()[:16])
        self.position.append(position)
        if cells is not None and self.cells is not None:
            self.cells.append(cells)
        self.size += len(raw)

    def refuse(self, raw: bytes, position: int, reason: str) -> None:
        self.rejects.append(Reject(position, reason, raw[:EXCERPT].decode("utf-8", "replace").replace("\x00", "\ufffd")))

    def full(self) -> bool:
        return len(self.raw) >= BATCH or self.size >= BATCH_BYTES

    def table(self) -> pa.Table:
        """The records as Arrow: pos, digest, raw, and the cells of delimited ones."""
        columns: dict[str, pa.Array] = {"pos": pa.array(self.position, pa.int64()), "digest": pa.array(self.digest, pa.string()), "raw": pa.array(self.raw, pa.string())}
        if self.cells is not None:
            columns["f"] = pa.array(self.cells, pa.list_(pa.string()))
        return pa.table(columns)


def records(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """The records of a file in batches, in the order they stand in it."""
    if layout.form == "parquet":
        yield from _parquet(chunks, layout)
    elif layout.form == "csv":
        yield from _csv(chunks, layout)
    elif layout.form == "delimited":
        yield from _delimited(lines(chunks), layout)
    elif layout.form == "json":
        yield from _json(chunks, layout)
    else:
        yield from _batched(((line, n) for n, line in lines(chunks)), layout)


def lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """(number from 1, line without its end). UTF-16 with a byte order mark is turned into UTF-8 first."""
    rest, n, dropping = b"", 0, 0
    for chunk in _utf8(chunks):
        *whole, tail = (rest + chunk).split(b"\n")
        for line in whole:
            n += 1
            yield n, line.rstrip(b"\r") if not dropping else _too_long(dropping + len(line))
            dropping = 0
        rest = tail
        if len(rest) > LONGEST:
            # The rest of an endless line is counted, not kept.
            dropping += len(rest)
            rest = b""
    if rest or dropping:
        yield n + 1, rest.rstrip(b"\r") if not dropping else _too_long(dropping + len(rest))


_LONG = b"\x00vidocq: line of "


def _too_long(size: int) -> bytes:
    return _LONG + str(size).encode() + b" bytes"


def _utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder: codecs.IncrementalDecoder | None = None
    first = True
    for chunk in chunks:
        if first:
            first = False
            if chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                decoder = codecs.getincrementaldecoder("utf-16")("replace")
            elif chunk[:3] == b"\xef\xbb\xbf":
                chunk = chunk[3:]
        yield decoder.decode(chunk).encode() if decoder else chunk


def _batched(items: Iterable[tuple[bytes, int]], layout: Layout) -> Iterator[Batch]:
    batch = Batch(variant=layout.variant)
    for raw, position in items:
        if not raw.strip():
            continue
        if raw.startswith(_LONG) or len(raw) > LONGEST:
            size = raw.removeprefix(_LONG).split()[0].decode() if raw.startswith(_LONG) else str(len(raw))
            batch.refuse(b"", position, f"a record of {size} bytes; the longest that is read has {LONGEST}")
        else:
            batch.add(raw, position)
        if batch.full():
            yield batch
            batch = Batch(variant=layout.variant)
    if batch.read:
        yield batch


def _delimited(numbered: Iterator[tuple[int, bytes]], layout: Layout) -> Iterator[Batch]:
    """Lines of separated cells. A header line begins a new batch, since concatenated logs change their columns.

    A header that begins with a sign (`#fields`) is a prefix, and that sign begins comments; one that begins with a letter is the line itself.
    """

    def fresh(fields: tuple[str, ...]) -> Batch:
        return Batch(cells=[], fields=fields, variant=layout.variant)

    sign = layout.header[:1] if layout.header and not layout.header[0].isalnum() else ""
    batch = fresh(layout.fields)
    for n, line in numbered:
        if not line.strip():
            continue
        if layout.header and line.startswith(layout.header.encode()):
            if batch.read:
                yield batch
            named = line.decode("utf-8", "replace").removeprefix(layout.header if sign else "").lstrip(layout.separator)
            batch = fresh(tuple(name.strip() for name in named.rstrip().split(layout.separator)))
            continue
        if sign and line.startswith(sign.encode()):
            continue
        cells = line.decode("utf-8", "replace").replace("\x00", "\ufffd").split(layout.separator)
        if line.startswith(_LONG):
            batch.refuse(line, n, "a line longer than any log record")
        elif len(cells) != len(batch.fields):
            batch.refuse(line, n, f"{len(cells)} columns where the header names {len(batch.fields)}")
        else:
            batch.add(line, n, cells)
        if batch.full():
            yield batch
            batch = fresh(batch.fields)
    if batch.read:
        yield batch


def _csv(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """A table with a header line; positions count its rows from 1, without the header."""
    csv.field_size_limit(LONGEST)
    text = (line.decode("utf-8", "replace").replace("\x00", "\ufffd") + "\n" for _, line in lines(chunks))
    reader = csv.reader(text, delimiter=layout.separator)
    fields: tuple[str, ...] = layout.fields
    batch, n = Batch(cells=[], fields=fields, variant=layout.variant), 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as e:
            n += 1
            batch.refuse(b"", n, f"no row of a table ({e})")
            continue
        if not fields:
            fields = tuple(c.strip() for c in cells)
            batch.fields = fields
            continue
        if not cells:
            continue
        n += 1
        if len(cells) != len(fields):
            batch.refuse(layout.separator.join(cells).encode(), n, f"{len(cells)} columns where the header names {len(fields)}")
        else:
            batch.add("\x1f".join(cells).encode(), n, cells)
        if batch.full():
            yield batch
            batch = Batch(cells=[], fields=fields, variant=layout.variant)
    if batch.read:
        yield batch


def _json(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """One object per line, an array, an object that holds an array, or objects one after another, pretty-printed or not."""
    head, chunks = _first_lines(_utf8(chunks))
    if _by_line(head):
        yield from _batched(_expanded(lines(chunks), layout), layout)
        return
    data = b"".join(chunks)
    whole = list(_document(data, layout)) if len(data) <= WHOLE else []
    if whole:
        yield from _batched(((raw, n) for n, raw in enumerate(whole, 1)), layout)
    else:
        yield from _scan(data, layout)


def _first_lines(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first two lines, or the first few MiB where there are none."""
    kept: list[bytes] = []
    size = lines_seen = 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        lines_seen += chunk.count(b"\n")
        if lines_seen >= 3 or size > LONGEST:
            break

    def again() -> Iterator[bytes]:
        yield from kept
        yield from chunks

    return b"".join(kept), again()


def _by_line(head: bytes) -> bool:
    """Is it one JSON value per line? One of the first lines is enough: another may be damaged."""
    begun = [line for line in head.split(b"\n")[:6] if line.strip()]
    return any(line.lstrip()[:1] == b"{" and _object(line) for line in begun[:3])


def _object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _expanded(numbered: Iterator[tuple[int, bytes]], layout: Layout) -> Iterator[tuple[bytes, int]]:
    """Lines, and the items of a line that is an object around an array."""
    keys = tuple(f'"{k}"'.encode() for k in layout.within)
    n = 0
    for number, line in numbered:
        if keys and any(k in line[:200] for k in keys):
            inner = list(_document(line, layout))
            if inner:
                for raw in inner:
                    n += 1
                    yield raw, n
                continue
        n = number
        yield line, number


def _document(data: bytes, layout: Layout) -> Iterator[bytes]:
    """The records of one well-formed JSON document; nothing if it is not well formed."""
    try:
        if data.lstrip()[:1] == b"[":
            yield from (bytes(r) for r in msgspec.json.decode(data, type=list[msgspec.Raw]))
            return
        outer = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        for key in layout.within:
            if key in outer and bytes(outer[key]).lstrip()[:1] == b"[":
                yield from (bytes(r) for r in msgspec.json.decode(outer[key], type=list[msgspec.Raw]))
                return
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return
    yield data.strip()


_NEXT = re.compile(r"\}\s*,?\s*(?=\{)")


def _scan(data: bytes, layout: Layout) -> Iterator[Batch]:
    """Records of a document that is cut or damaged: one after another while they parse; a piece that does not is refused."""
    text = data.decode("utf-8", "replace")
    start = 0
    for key in layout.within:
        opened = re.search(rf'"{re.escape(key)}"\s*:\s*\[', text[:100_000])
        if opened:
            start = opened.end()
            break
    decoder, batch, n = json.JSONDecoder(), Batch(variant=layout.variant), 0
    skip = re.compile(r"[\s,\[\]]*")
    while True:
        start = skip.match(text, start).end()  # type: ignore[union-attr]
        if start >= len(text) or (text[start] == "}" and not text[start:].strip(" \r\n\t}]")):
            break
        n += 1
        try:
            _, end = decoder.raw_decode(text, start)
            batch.add(text[start:end].encode(), n)
        except (ValueError, RecursionError):
            following = _NEXT.search(text, start + 1)
            end = following.end() if following else len(text)
            batch.refuse(text[start:end].encode(), n, "JSON that is cut short or damaged")
        start = end
        if batch.full():
            yield batch
            batch = Batch(variant=layout.variant)
    if batch.read:
        yield batch


def _parquet(chunks: Iterator[bytes], layout: Layout) -> Iterator[Batch]:
    """Rows of a Parquet file as objects; the digest is that of their JSON."""
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(b"".join(chunks)))
        n = 0
        for part in file.iter_batches(batch_size=10_000):
            batch = Batch(variant=layout.variant)
            for row in part.to_pylist():
                n += 1
                batch.add(json.dumps(row, default=str, sort_keys=True).encode(), n)
            yield batch
    except (pa.ArrowException, OSError) as e:
        batch = Batch(variant=layout.variant)
        batch.refuse(b"", 1, f"Parquet that cannot be read ({type(e).__name__})")
        yield batch
