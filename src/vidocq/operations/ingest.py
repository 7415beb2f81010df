"""Reads files into the store: read = kept + duplicate + quarantined, for every file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.model.event import CLASSES, DERIVED
from vidocq.model.source import Head, Layout, Source
from vidocq.operations.reading.evtx import MARK
from vidocq.operations.reading.files import HEAD, Input, Stream, open_input, peek, walk
from vidocq.operations.reading.lines import encoding
from vidocq.operations.reading.records import records
from vidocq.operations.reading.tables import parquet_names
from vidocq.operations.storing import FileReport, Intake
from vidocq.store.duckdb import Store

LOT, LOT_BYTES = 500_000, 512 << 20
"""Files are stored together until they have so many records or bytes: small ones cost no transaction each, and a large one waits for no other."""


def ingest(
    store: Store, catalogue: Catalogue, paths: list[Path], mapping: Source | None = None, chunks: int = 1, keep_raw: bool = False, apart: Sequence[Path] = ()
) -> Iterator[FileReport]:
    """Read every file below the paths; yields a report per file once it is stored. `mapping` is a source that is tried before all others.

    What lies in a folder of `apart` is not read: results and store may lie among the inputs.
    `chunks` cuts every batch further, as a live feed would: what is stored does not depend on it.
    """
    sources = sorted(catalogue.sources.values(), key=lambda s: (-s.rank, s.id))
    reader = _Reader(store, [mapping, *sources] if mapping else sources, Intake(store, chunks, keep_raw))
    items = walk(paths, apart)
    while True:
        # A file is stored whole or not at all, so that one that was cut off by a crash can be read again.
        with store.together():
            reports = reader.lot(items)
        if not reports:
            return
        yield from reports


class _Reader:
    def __init__(self, store: Store, sources: list[Source], intake: Intake) -> None:
        self.store, self.sources, self.intake = store, sources, intake
        self.deliveries = {r["digest"]: r["records"] for r in store.rows("SELECT digest, records FROM delivery")}
        self.delivered: dict[str, FileReport] = {}
        self.places: dict[str, set[str]] = {}

    def lot(self, items: Iterator[Input]) -> list[FileReport]:
        """The reports of the next files, as many as are stored together; none at the end."""
        reports: list[FileReport] = []
        self.delivered = {}
        n = size = 0
        while n < LOT and size < LOT_BYTES and (item := next(items, None)):
            reports.append(FileReport(item.name))
            size += self._file(item, reports[-1])
            n += reports[-1].read
        self.intake.flush()
        delivered = {d: r for d, r in self.delivered.items() if _understood(r)}
        self.deliveries |= {d: r.read for d, r in delivered.items()}
        if delivered:
            rows = pa.table({"digest": list(delivered), "path": [r.path for r in delivered.values()], "records": [r.read for r in delivered.values()]})
            self.store.execute("INSERT INTO delivery SELECT * FROM incoming", incoming=rows)
        return reports

    def _before(self, digest: str) -> int | None:
        """How many records a delivery of the same bytes had; None if there was none, or nothing in it was understood."""
        same = self.delivered.get(digest)
        if same is None:
            return self.deliveries.get(digest)
        # What became of its records shows when they are stored.
        self.intake.flush()
        return same.read if _understood(same) else None

    def _file(self, item: Input, report: FileReport) -> int:
        """Hands a file's records to the store, unless there is nothing new in it; returns their size."""
        stream = open_input(item)
        head_bytes = peek(stream)
        head = Head(item.name, _head_text(head_bytes[:HEAD], stream), lambda: head_bytes.decode(encoding(head_bytes[:HEAD]), "replace"))
        found = next(((s, layout) for s in self.sources if (layout := _recognised(s, head, report))), None)
        if found is None:
            report.skipped = _why_skipped(head_bytes, stream)
            return 0
        source, layout = found
        report.source = source.id
        digest = _digest(item)
        before = self._before(digest)
        if before is not None:
            # The same bytes read a second time are duplicates, whatever their format.
            report.read = report.duplicates = before
            return 0
        if source.placed:
            layout = replace(layout, variant=self._before_places(source, item.name, digest))
        size = 0
        for batch in records(stream.chunks, layout, partial(_is_record, source, item.name)):
            size += batch.size
            self.intake.take(batch, source, layout, report)
        for trouble in stream.trouble:
            # What is missing is one more piece that could not be read.
            report.read += 1
            self.intake.refuse(report, source, [(report.read, trouble, "")])
        self.delivered[digest] = report
        return size

    def _before_places(self, source: Source, name: str, digest: str) -> str:
        """What tells the places in this file from those in every other that the store holds: files are stored in their order, so it does not depend on chunks."""
        taken = self.places.get(source.id)
        if taken is None:
            # `row:12` without its number begins as all ids of its file do.
            tables = {m.of for m in source.maps}
            found = self.store.rows(" UNION ".join(f"SELECT regexp_replace(uid, '[0-9]+$', '') AS begin FROM \"{t}\" WHERE source = '{source.id}'" for t in sorted(tables)))
            taken = self.places[source.id] = {r["begin"].removesuffix(source.placed) for r in found}
        own = next((before for before in ("", f"{name}:") if before not in taken), f"{name}:{digest[:16]}:")
        taken.add(own)
        return own


def _understood(report: FileReport) -> bool:
    """Was anything kept? If not, the same bytes may be with another mapping, or another version."""
    return bool(report.events or report.duplicates)


def _recognised(source: Source, head: Head, report: FileReport) -> Layout | None:
    try:
        return source.recognise(head)
    except Exception as e:
        report.problems.append(f"{report.path}: the source {source.id} stumbles over its beginning ({type(e).__name__}); the others are tried")
        return None


def _is_record(source: Source, name: str, raw: bytes) -> bool:
    """Would the source know a file of this object alone? It has what its records have, then."""
    try:
        return source.recognise(Head(name, raw.decode("utf-8", "replace"))) is not None
    except Exception:
        # What a source cannot tell is read as it stands: if it is no record, it is refused and counted.
        return True


def _head_text(head: bytes, stream: Stream) -> str:
    """The beginning of a file as text. Parquet names its columns at its end: they stand in for it, a line each, after its mark."""
    if head[:4] == b"PAR1":
        data = b"".join(stream.chunks)
        stream.chunks = iter([data])
        return "\n".join(["PAR1", *parquet_names(data)])
    if head.startswith(MARK):
        # Nothing of it is text; its mark is.
        return MARK.decode("ascii")
    name = encoding(head)
    return head.decode(name, "replace")


def _why_skipped(head: bytes, stream: Stream) -> str:
    if stream.trouble:
        return stream.trouble[0]
    return "no known log format; `vidocq new source` scaffolds one, --mapping reads a table of alerts" if head.strip() else "the file is empty"


def _digest(item: Input) -> str:
    """SHA-256 of the file as it lies there (and the member's place in an archive); of its name where it cannot be read."""
    try:
        if item.member is None:
            return _digest_of(item.path)
        # Members come one after another: the archive is read once, not once for each.
        whole = _archive_digest(item.path, item.path.stat().st_mtime_ns)
    except OSError:
        whole = item.name
    return hashlib.sha256(f"{item.member}\0{whole}".encode("utf-8", "surrogateescape")).hexdigest()


@lru_cache(maxsize=1)
def _archive_digest(path: Path, changed: int) -> str:
    return _digest_of(path)


def _digest_of(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def totals(store: Store) -> dict[str, int]:
    """Events kept by class, for classes that have any."""
    return {table: n for table in CLASSES if table not in DERIVED and (n := store.count(table))}
