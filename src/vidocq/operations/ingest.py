"""Reads files into the store: read = kept + duplicate + quarantined, for every file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.engine.mapping import Plan, plan
from vidocq.model.event import CLASSES, columns
from vidocq.model.source import Head, Layout, Source
from vidocq.operations.reading.events import STRANGE, as_arrow, made_of, objects
from vidocq.operations.reading.files import HEAD, Input, Stream, open_input, peek, walk
from vidocq.operations.reading.lines import encoding
from vidocq.operations.reading.records import Batch, records
from vidocq.operations.reading.tables import parquet_names
from vidocq.store.duckdb import Store

EARLIEST, LATEST = dt.datetime(1971, 1, 1), dt.datetime(2200, 1, 1)
"""A time outside is a fault of the clock or of the parser."""
UNKNOWN = "no kind of record this source knows"


@dataclass(slots=True)
class FileReport:
    """What became of one file. `events` counts records kept; read = events + duplicates + rejected."""

    path: str
    source: str | None = None
    events: int = 0
    duplicates: int = 0
    rejected: int = 0
    read: int = 0
    skipped: str | None = None
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The entry of `run.json`."""
        return {name: getattr(self, name) for name in ("path", "source", "events", "duplicates", "rejected", "skipped")}


Told = Callable[[str], None]
Refused = dict[int, tuple[str, str]]
"""Position -> why it is no event, and its beginning."""


def ingest(
    store: Store, catalogue: Catalogue, paths: list[Path], mapping: Source | None = None, chunks: int = 1, keep_raw: bool = False, apart: Sequence[Path] = ()
) -> Iterator[FileReport]:
    """Read every file below the paths; yields a report per file as it is done. `mapping` is a source that is tried before all others.

    What lies in a folder of `apart` is not read: results and store may lie among the inputs.
    `chunks` cuts every batch further, as a live feed would: what is stored does not depend on it.
    """
    sources = sorted(catalogue.sources.values(), key=lambda s: (-s.rank, s.id))
    reader = _Reader(store, chunks, keep_raw)
    for item in walk(paths, apart):
        # A file is stored whole or not at all, so that one that was cut off by a crash can be read again.
        with store.together():
            report = reader.file(item, [mapping, *sources] if mapping else sources)
        yield report


class _Reader:
    def __init__(self, store: Store, chunks: int, keep_raw: bool) -> None:
        self.store, self.aside, self.chunks, self.keep_raw = store, store.aside(), chunks, keep_raw
        self.deliveries = {r["digest"]: r["records"] for r in store.rows("SELECT digest, records FROM delivery")}

    def file(self, item: Input, sources: list[Source]) -> FileReport:
        report = FileReport(item.name)
        stream = open_input(item)
        head_bytes = peek(stream)
        head = Head(item.name, _head_text(head_bytes[:HEAD], stream), lambda: head_bytes.decode(encoding(head_bytes[:HEAD]), "replace"))
        found = next(((s, layout) for s in sources if (layout := _recognised(s, head, report))), None)
        if found is None:
            report.skipped = _why_skipped(head_bytes, stream)
            return report
        source, layout = found
        report.source = source.id
        digest = _digest(item)
        if digest in self.deliveries:
            # The same bytes read a second time are duplicates, whatever their format.
            report.read = report.duplicates = self.deliveries[digest]
            return report
        for batch in records(stream.chunks, layout):
            self._batch(batch, source, layout, report)
        for trouble in stream.trouble:
            # What is missing is one more piece that could not be read.
            report.read += 1
            self._quarantine(report, source, [(report.read, trouble, "")])
        if not (report.events or report.duplicates):
            # Nothing was understood: with another mapping, or another version, the same bytes may be.
            return report
        self.deliveries[digest] = report.read
        delivery = pa.table({"digest": [digest], "path": [report.path], "records": [report.read]})
        self.store.execute("INSERT INTO delivery SELECT * FROM incoming", incoming=delivery)
        return report

    def _batch(self, batch: Batch, source: Source, layout: Layout, report: FileReport) -> None:
        report.read += batch.read
        if batch.rejects:
            self._quarantine(report, source, [(r.position, r.reason, r.excerpt) for r in batch.rejects])
        if not batch.raw:
            return
        made = None if source.rows else plan(source, batch.fields if batch.cells is not None else None, layout.unset, batch.variant)
        table = batch.table()
        size = max(1, -(-table.num_rows // self.chunks))
        for start in range(0, table.num_rows, size):
            part = table.slice(start, size)
            if made is None:
                self._store(*self._from_rows(part, source, layout, batch), part, source, report)
            else:
                self._from_maps(part, source, made, report)

    def _from_maps(self, part: pa.Table, source: Source, made: Plan, report: FileReport) -> None:
        """Store what the maps make of the records; where one of them breaks a statement, halve until it stands alone."""
        try:
            events, refused = self._mapped(part, made)
        except self.store.faults as e:
            if part.num_rows > 1:
                half = part.num_rows // 2
                self._from_maps(part.slice(0, half), source, made, report)
                self._from_maps(part.slice(half), source, made, report)
                return
            why = f"{STRANGE} ({' '.join(str(e).splitlines()[0].split())[:120]})"
            events, refused = [], {part["pos"][0].as_py(): (why, part["raw"][0].as_py()[:200])}
        self._store(events, refused, part, source, report)

    def _mapped(self, part: pa.Table, made: Plan) -> tuple[list[tuple[str, pa.Table]], Refused]:
        self.aside.execute(f"CREATE OR REPLACE TEMP TABLE cut AS {made.prepare}", batch=part)
        bad = self.aside.rows("SELECT pos, ok, LEFT(raw, 200) AS raw FROM cut WHERE m = 0 ORDER BY pos")
        refused = {r["pos"]: ("not valid JSON" if not r["ok"] else UNKNOWN, r["raw"]) for r in bad}
        present = {r["m"] for r in self.aside.rows("SELECT DISTINCT m FROM cut")}
        events = [
            (m.of, self.aside.query(f"SELECT pos, digest, {_typed(m.of, list(m.columns))} FROM ({sql})"))
            for n, (m, sql) in enumerate(made.select, 1)
            if m.also or n in present
        ]
        return events, refused

    def _from_rows(self, part: pa.Table, source: Source, layout: Layout, batch: Batch) -> tuple[list[tuple[str, pa.Table]], Refused]:
        rows: dict[str, list[dict[str, Any]]] = {}
        refused: Refused = {}
        columns_of = (part["pos"].to_pylist(), part["digest"].to_pylist(), part["raw"].to_pylist())
        for position, digest, raw, record in zip(*columns_of, objects(part, batch, layout), strict=True):
            made = made_of(source, record)
            if isinstance(made, str):
                refused[position] = (made, raw[:200])
                continue
            for table, row in made:
                rows.setdefault(table, []).append({**row, "pos": position, "digest": digest})
        return [(t, self._refined(source, t, as_arrow(t, r))) for t, r in sorted(rows.items())], refused

    def _refined(self, source: Source, table: str, events: pa.Table) -> pa.Table:
        """The events with the columns that the source says in SQL."""
        for columns_of in (added for of, added in source.refine if of == table):
            kept = ", ".join(f'"{n}"' for n in events.column_names if n not in columns_of)
            made = ", ".join(f'{sql} AS "{name}"' for name, sql in columns_of.items())
            events = self.aside.query(f"SELECT {kept}, {made} FROM events", events=events)
        return events

    def _store(self, events: list[tuple[str, pa.Table]], refused: Refused, part: pa.Table, source: Source, report: FileReport) -> None:
        """Refuse what has no time, drop what was seen before, keep the rest."""
        timed = [(table, self._timed(rows, source, refused)) for table, rows in events if rows.num_rows]
        duplicates = self._duplicates(timed, source)
        seen = pa.table({"pos": pa.array(sorted(duplicates), pa.int64())})
        kept: set[int] = set()
        for table, rows in timed:
            fresh = self.store.query("SELECT i.* FROM incoming i ANTI JOIN dup d ON i.pos = d.pos", incoming=rows, dup=seen) if duplicates else rows
            kept.update(fresh["pos"].to_pylist())
            self.store.insert(table, fresh)
        # Whatever is left over has been accounted for by nobody yet.
        positions = set(part["pos"].to_pylist())
        lost = {p: refused.get(p, (UNKNOWN, "")) for p in sorted(positions - kept - duplicates)}
        report.events += len(kept)
        report.duplicates += len(duplicates)
        if lost:
            self._quarantine(report, source, [(p, *why) for p, why in lost.items()])
        if self.keep_raw and kept:
            self._raw(timed, part)

    def _timed(self, rows: pa.Table, source: Source, refused: Refused) -> pa.Table:
        """The rows whose time is one; the others are refused."""
        good = f"time BETWEEN TIMESTAMP '{EARLIEST}' AND TIMESTAMP '{LATEST}'"
        for r in self.store.rows(f"SELECT pos, CAST(MIN(time) AS VARCHAR) AS t FROM incoming WHERE ({good}) IS NOT TRUE GROUP BY pos", incoming=rows):
            refused.setdefault(r["pos"], ("no time that can be read" if r["t"] is None else f"its time, {r['t']}, is out of range", ""))
        given = "NULLIF(uid, '')" if "uid" in rows.column_names else "NULL"
        others = "* EXCLUDE (uid)" if "uid" in rows.column_names else "*"
        return self.store.query(
            f"SELECT {others}, COALESCE({given}, 'sha256:' || digest) AS uid, '{source.id}' AS source FROM incoming WHERE {good}", incoming=rows
        )

    def _duplicates(self, timed: list[tuple[str, pa.Table]], source: Source) -> set[int]:
        if not source.unique or not timed:
            return set()
        ids = pa.concat_tables([t.select(["pos", "uid"]) for _, t in timed])
        # A record without an id of its own is nobody's duplicate: identical lines are separate events.
        found = self.store.query(
            "WITH one AS (SELECT pos, MIN(uid) AS uid FROM ids WHERE uid NOT LIKE 'sha256:%' GROUP BY pos),"
            " ranked AS (SELECT pos, uid, ROW_NUMBER() OVER (PARTITION BY uid ORDER BY pos) AS n FROM one)"
            f" SELECT r.pos, r.uid, r.n > 1 OR EXISTS (SELECT 1 FROM seen s WHERE s.uid = r.uid AND s.source = '{source.id}') AS dup FROM ranked r",
            ids=ids,
        )
        self.store.execute(f"INSERT INTO seen SELECT '{source.id}', uid FROM found WHERE NOT dup", found=found)
        return {r["pos"] for r in found.to_pylist() if r["dup"]}

    def _raw(self, timed: list[tuple[str, pa.Table]], part: pa.Table) -> None:
        ids = pa.concat_tables([t.select(["pos", "uid", "source"]) for _, t in timed])
        into = "INSERT INTO raw_record SELECT DISTINCT ids.uid, ids.source, part.digest, part.raw FROM ids JOIN part USING (pos)"
        self.store.execute(into, ids=ids, part=part)

    def _quarantine(self, report: FileReport, source: Source, pieces: list[tuple[int, str, str]]) -> None:
        report.rejected += len(pieces)
        for position, reason, _ in pieces[:3]:
            report.problems.append(f"{report.path}: record {position}: {reason}; it is in quarantine, the rest is read")
        rows = pa.table({
            "path": [report.path] * len(pieces),
            "position": pa.array([p for p, _, _ in pieces], pa.int64()),
            "source": [source.id] * len(pieces),
            "reason": [r for _, r, _ in pieces],
            "excerpt": [x for _, _, x in pieces],
        })
        self.store.execute("INSERT INTO quarantine SELECT * FROM incoming", incoming=rows)


def _typed(table: str, names: list[str]) -> str:
    """Each column in its own type; what does not fit is NULL, and so is a number that is none."""
    known = columns(table)
    cast = {n: f'TRY_CAST("{n}" AS {known[n].type})' for n in names}
    return ", ".join(f'CASE WHEN isfinite({c}) THEN {c} END AS "{n}"' if known[n].type == "DOUBLE" else f'{c} AS "{n}"' for n, c in cast.items())


def _recognised(source: Source, head: Head, report: FileReport) -> Layout | None:
    try:
        return source.recognise(head)
    except Exception as e:
        report.problems.append(f"{report.path}: the source {source.id} stumbles over its beginning ({type(e).__name__}); the others are tried")
        return None


def _head_text(head: bytes, stream: Stream) -> str:
    """The beginning of a file as text. Parquet names its columns at its end: they stand in for it, a line each, after its mark."""
    if head[:4] == b"PAR1":
        data = b"".join(stream.chunks)
        stream.chunks = iter([data])
        return "\n".join(["PAR1", *parquet_names(data)])
    name = encoding(head)
    return head.decode(name, "replace")


def _why_skipped(head: bytes, stream: Stream) -> str:
    if stream.trouble:
        return stream.trouble[0]
    return "no known log format; `vidocq new source` scaffolds one, --mapping reads a table of alerts" if head.strip() else "the file is empty"


def _digest(item: Input) -> str:
    """SHA-256 of the file as it lies there (and the member's name in an archive); of its name where it cannot be read."""
    digest = hashlib.sha256(item.member.encode("utf-8", "surrogateescape"))
    try:
        with item.path.open("rb") as f:
            while chunk := f.read(1 << 20):
                digest.update(chunk)
    except OSError:
        digest.update(item.name.encode())
    return digest.hexdigest()


def totals(store: Store) -> dict[str, int]:
    """Events kept by class, for classes that have any."""
    return {table: n for table in CLASSES if (n := store.count(table))}
