"""Reads files into the store: read = kept + duplicate + quarantined, for every file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.engine.mapping import plan
from vidocq.model.event import CLASSES, columns
from vidocq.model.source import Head, Layout, Source
from vidocq.operations.reading.files import HEAD, Input, open_input, peek, walk
from vidocq.operations.reading.records import Batch, records
from vidocq.store.duckdb import Store

EARLIEST, LATEST = dt.datetime(1971, 1, 1), dt.datetime(2200, 1, 1)
"""A time outside is a fault of the clock or of the parser."""


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


def ingest(store: Store, catalogue: Catalogue, paths: list[Path], mapping: Source | None = None, chunks: int = 1, keep_raw: bool = False) -> Iterator[FileReport]:
    """Read every file below the paths; yields a report per file as it is done. `mapping` is a source that is tried before all others.

    `chunks` cuts every batch further, as a live feed would: what is stored does not depend on it.
    """
    sources = sorted(catalogue.sources.values(), key=lambda s: (-s.rank, s.id))
    reader = _Reader(store, chunks, keep_raw)
    for item in walk(paths):
        yield reader.file(item, [mapping, *sources] if mapping else sources)


class _Reader:
    def __init__(self, store: Store, chunks: int, keep_raw: bool) -> None:
        self.store, self.chunks, self.keep_raw = store, chunks, keep_raw
        self.deliveries = {r["digest"]: r["records"] for r in store.rows("SELECT digest, records FROM delivery")}

    def file(self, item: Input, sources: list[Source]) -> FileReport:
        report = FileReport(item.name)
        stream = open_input(item)
        head_bytes = peek(stream)
        head = Head(item.name, _decode(head_bytes[:HEAD]))
        found = next(((s, layout) for s in sources if (layout := s.recognise(head))), None)
        if found is None:
            report.skipped = stream.trouble[0] if stream.trouble else ("the file is empty" if not head_bytes.strip() else "no known log format; `vidocq new source` scaffolds one, --mapping reads a table of alerts")
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
        self.deliveries[digest] = report.read
        self.store.execute("INSERT INTO delivery SELECT * FROM incoming", incoming=pa.table({"digest": [digest], "path": [report.path], "records": [report.read]}))
        for trouble in stream.trouble:
            # What is missing is one more piece that could not be read.
            report.read += 1
            self._quarantine(report, source, [(report.read, trouble, "")])
        return report

    def _batch(self, batch: Batch, source: Source, layout: Layout, report: FileReport) -> None:
        report.read += batch.read
        if batch.rejects:
            self._quarantine(report, source, [(r.position, r.reason, r.excerpt) for r in batch.rejects])
        if not batch.raw:
            return
        table = batch.table()
        size = max(1, -(-table.num_rows // self.chunks))
        for start in range(0, table.num_rows, size):
            part = table.slice(start, size)
            if source.rows is not None:
                self._from_rows(part, source, layout, batch, report)
            else:
                self._from_maps(part, source, layout, batch, report)

    def _from_maps(self, part: pa.Table, source: Source, layout: Layout, batch: Batch, report: FileReport) -> None:
        made = plan(source, batch.fields if batch.cells is not None else None, layout.unset, batch.variant)
        self.store.execute(f"CREATE OR REPLACE TEMP TABLE cut AS {made.prepare}", batch=part)
        bad = self.store.rows("SELECT pos, ok, LEFT(raw, 200) AS raw FROM cut WHERE m = 0 ORDER BY pos")
        refused = {r["pos"]: ("not valid JSON" if not r["ok"] else "no kind of record this source knows", r["raw"]) for r in bad}
        events: list[tuple[str, pa.Table]] = []
        present = {r["m"] for r in self.store.rows("SELECT DISTINCT m FROM cut")}
        for n, (m, sql) in enumerate(made.select, 1):
            if m.also or n in present:
                events.append((m.of, self.store.query(sql)))
        self._store(events, refused, part, source, report)

    def _from_rows(self, part: pa.Table, source: Source, layout: Layout, batch: Batch, report: FileReport) -> None:
        rows: dict[str, list[dict[str, Any]]] = {}
        refused: dict[int, tuple[str, str]] = {}
        columns_of = (part["pos"].to_pylist(), part["digest"].to_pylist(), part["raw"].to_pylist())
        for position, digest, raw, record in zip(*columns_of, _objects(part, batch, layout), strict=True):
            made = _made(source, record)
            if isinstance(made, str):
                refused[position] = (made, raw[:200])
                continue
            for table, row in made:
                rows.setdefault(table, []).append({**row, "pos": position, "digest": digest})
        self._store([(t, _arrow(t, r)) for t, r in sorted(rows.items())], refused, part, source, report)

    def _store(self, events: list[tuple[str, pa.Table]], refused: dict[int, tuple[str, str]], part: pa.Table, source: Source, report: FileReport) -> None:
        """Refuse what has no time, drop what was seen before, keep the rest."""
        uid = "COALESCE(uid, 'sha256:' || digest)"
        good = f"time IS NOT NULL AND time BETWEEN TIMESTAMP '{EARLIEST}' AND TIMESTAMP '{LATEST}'"
        timed: list[tuple[str, pa.Table]] = []
        for table, rows in events:
            if not rows.num_rows:
                continue
            for r in self.store.rows(f"SELECT pos, MIN(time) AS t FROM incoming WHERE NOT ({good}) OR time IS NULL GROUP BY pos", incoming=rows):
                refused.setdefault(r["pos"], ("no time that can be read" if r["t"] is None else f"its time, {r['t']}, is out of range", ""))
            given = "uid" if "uid" in rows.column_names else "NULL::VARCHAR AS uid"
            others = "* EXCLUDE (uid)" if "uid" in rows.column_names else "*"
            timed.append((table, self.store.query(f"SELECT * REPLACE ({uid} AS uid), '{source.id}' AS source FROM (SELECT {others}, {given} FROM incoming WHERE {good})", incoming=rows)))
        duplicates = self._duplicates(timed, source)
        kept: set[int] = set()
        for table, rows in timed:
            fresh = rows if not duplicates else self.store.query("SELECT i.* FROM incoming i ANTI JOIN dup d ON i.pos = d.pos", incoming=rows, dup=pa.table({"pos": pa.array(sorted(duplicates), pa.int64())}))
            kept.update(fresh["pos"].to_pylist())
            self.store.insert(table, fresh)
        for position in set(part["pos"].to_pylist()) - kept - duplicates - refused.keys():
            refused[position] = ("no kind of record this source knows", "")
        refused = {p: why for p, why in refused.items() if p not in kept and p not in duplicates}
        report.events += len(kept)
        report.duplicates += len(duplicates)
        if refused:
            self._quarantine(report, source, [(p, *why) for p, why in sorted(refused.items())])
        if self.keep_raw and kept:
            self._raw(timed, part)

    def _duplicates(self, timed: list[tuple[str, pa.Table]], source: Source) -> set[int]:
        if not source.unique or not timed:
            return set()
        ids = pa.concat_tables([t.select(["pos", "uid"]) for _, t in timed])
        # A record without an id of its own is nobody's duplicate: identical lines are separate events.
        found = self.store.query(
            f"WITH one AS (SELECT pos, MIN(uid) AS uid FROM ids WHERE uid NOT LIKE 'sha256:%' GROUP BY pos), ranked AS (SELECT pos, uid, ROW_NUMBER() OVER (PARTITION BY uid ORDER BY pos) AS n FROM one)"
            f" SELECT r.pos, r.uid, r.n > 1 OR EXISTS (SELECT 1 FROM seen s WHERE s.uid = r.uid AND s.source = '{source.id}') AS dup FROM ranked r",
            ids=ids,
        )
        self.store.execute(f"INSERT INTO seen SELECT '{source.id}', uid FROM found WHERE NOT dup", found=found)
        return {r["pos"] for r in found.to_pylist() if r["dup"]}

    def _raw(self, timed: list[tuple[str, pa.Table]], part: pa.Table) -> None:
        ids = pa.concat_tables([t.select(["pos", "uid", "source"]) for _, t in timed])
        self.store.execute("INSERT INTO raw_record SELECT DISTINCT ids.uid, ids.source, part.digest, part.raw FROM ids JOIN part USING (pos)", ids=ids, part=part)

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


def _digest(item: Input) -> str:
    """SHA-256 of the file as it lies there (and the member's name in an archive); of its name where it cannot be read."""
    digest = hashlib.sha256(item.member.encode())
    try:
        with item.path.open("rb") as f:
            while chunk := f.read(1 << 20):
                digest.update(chunk)
    except OSError:
        digest.update(item.name.encode())
    return digest.hexdigest()


def _objects(part: pa.Table, batch: Batch, layout: Layout) -> Iterator[Mapping[str, Any] | None]:
    """Each record as a mapping, or None where it is none. A line of text is {`line`}; a layout's variant is the key `variant`."""
    told = {"variant": batch.variant} if batch.variant else {}
    if batch.cells is not None:
        yield from ({**dict(zip(batch.fields, cells, strict=True)), **told} for cells in part["f"].to_pylist())
        return
    for raw in part["raw"].to_pylist():
        if layout.form == "lines":
            yield {"line": raw, **told}
            continue
        try:
            record = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            record = None
        yield {**record, **told} if isinstance(record, dict) else None


def _made(source: Source, record: Mapping[str, Any] | None) -> list[tuple[str, Mapping[str, Any]]] | str:
    """The events of a record, or why it has none. A unit that stumbles over a record must not stop the run."""
    assert source.rows is not None
    if record is None:
        return "not valid JSON"
    try:
        return [(table, row) for table, row in source.rows(record)] or "no kind of record this source knows"
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as e:
        return f"a field is not what the format promises ({type(e).__name__}: {str(e)[:80]})"


_ARROW = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}


def _arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of a unit as Arrow, each value in its column's type or NULL."""
    known = columns(table)
    names = sorted({n for r in rows for n in r if n in known} | {"time", "digest"})
    arrays = {n: pa.array([_value(r.get(n), known[n].type) for r in rows], _ARROW[known[n].type]) for n in names}
    return pa.table({"pos": pa.array([r["pos"] for r in rows], pa.int64()), **arrays})


def _value(v: Any, kind: str) -> Any:
    if v is None or v == "":
        return None
    try:
        if kind == "TIMESTAMP":
            return _time(v)
        if kind in ("BIGINT", "INTEGER"):
            n = int(float(v)) if not isinstance(v, int) else int(v)
            return n if abs(n) < (1 << 31 if kind == "INTEGER" else 1 << 63) else None
        if kind == "DOUBLE":
            return float(v)
        if kind == "BOOLEAN":
            return v if isinstance(v, bool) else str(v).lower() in ("true", "t", "1", "yes")
        return v if isinstance(v, str) else str(v)
    except (ValueError, TypeError, OverflowError):
        return None


def _time(v: Any) -> dt.datetime | None:
    t = v if isinstance(v, dt.datetime) else dt.datetime.fromisoformat(str(v).strip())
    t = t.astimezone(dt.UTC).replace(tzinfo=None) if t.tzinfo else t
    return t if EARLIEST <= t <= LATEST else None


def _decode(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def totals(store: Store) -> dict[str, int]:
    """Events kept by class, for classes that have any."""
    return {table: n for table in CLASSES if (n := store.count(table))}
