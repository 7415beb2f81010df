"""Records on their way into the store: refused, found to be duplicates, or kept, and counted for the file they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vidocq.engine.mapping import Plan, plan, read_by
from vidocq.model.event import columns
from vidocq.model.source import Layout, Source
from vidocq.operations.reading.batch import BATCH, BATCH_BYTES, Batch
from vidocq.operations.reading.events import STRANGE, as_arrow, made_of, objects
from vidocq.store.duckdb import Store

EARLIEST, LATEST = dt.datetime(1971, 1, 1), dt.datetime(2200, 1, 1)
"""A time outside is a fault of the clock or of the parser."""
UNKNOWN = "no kind of record this source knows"
LOST, KEPT, DUPLICATE = 0, 1, 2

Refused = dict[int, tuple[str, str]]
"""Number of the record among those that are held -> why it is no event, and its beginning."""
Events = list[tuple[str, pa.Table]]
"""Event class and rows, with the number of the record each was made of."""


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


@dataclass(slots=True)
class _Held:
    """Records that are read alike, of one file or of many small ones, in the order they came."""

    source: Source
    layout: Layout
    batch: Batch
    files: list[FileReport]
    counts: list[int]


class Intake:
    """Holds records until there are enough for a statement: what one costs does not depend on how few records it reads."""

    def __init__(self, store: Store, chunks: int, keep_raw: bool) -> None:
        self.store, self.aside, self.chunks, self.keep_raw = store, store.aside(), chunks, keep_raw
        self._held: dict[tuple[Any, ...], _Held] = {}
        self._refused: list[tuple[str, int, str, str, str]] = []

    def take(self, batch: Batch, source: Source, layout: Layout, report: FileReport) -> None:
        """Records of a file; they are stored now or with the next ones, and all after `flush`."""
        report.read += batch.read
        self.refuse(report, source, [(r.position, r.reason, r.excerpt) for r in batch.rejects])
        if not batch.raw:
            # A file may be nothing but damage: that is not held without end either.
            if len(self._refused) >= BATCH:
                self.flush()
            return
        key = (source.id, layout, batch.fields, batch.variant)
        if source.unique and any(other[0] == source.id and other != key for other in self._held):
            # Of two records with one id the first is kept: one that is held may not be overtaken.
            self.flush()
        held = self._held.get(key)
        if held is None:
            self._held[key] = _Held(source, layout, batch, [report], [len(batch.raw)])
        else:
            held.files.append(report)
            held.counts.append(len(batch.raw))
            held.batch.join(batch)
        batches = [h.batch for h in self._held.values()]
        if sum(len(b.raw) for b in batches) >= BATCH or sum(b.size for b in batches) >= BATCH_BYTES:
            self.flush()

    def refuse(self, report: FileReport, source: Source, pieces: list[tuple[int, str, str]]) -> None:
        """Pieces of a file, each with its position, the reason and its beginning, go to quarantine."""
        report.rejected += len(pieces)
        for position, reason, _ in pieces[:3]:
            report.problems.append(f"{report.path}: record {position}: {reason}; it is in quarantine, the rest is read")
        self._refused += [(report.path, position, source.id, reason, excerpt) for position, reason, excerpt in pieces]

    def flush(self) -> None:
        """Whatever was taken is stored, and counted in its file's report."""
        while self._held:
            self._settle(self._held.pop(next(iter(self._held))))
        if self._refused:
            names = ("path", "position", "source", "reason", "excerpt")
            rows = pa.table(dict(zip(names, map(list, zip(*self._refused, strict=True)), strict=True)))
            self.store.execute("INSERT INTO quarantine SELECT * FROM incoming", incoming=rows)
            self._refused.clear()

    def _settle(self, held: _Held) -> None:
        batch, source = held.batch, held.source
        made = None if source.rows else plan(source, batch.fields, held.layout.unset, batch.variant)
        table = batch.table(read_by(source) if made else None)
        # As columns the records are held once; as they came, they would be held a second time.
        batch.raw.clear()
        fate = np.zeros(table.num_rows, np.int8)
        refused: Refused = {}
        size = max(1, -(-table.num_rows // self.chunks))
        for start in range(0, table.num_rows, size):
            part = table.slice(start, size)
            for events, why in self._from_maps(part, made) if made else self._from_rows(part, held):
                refused |= why
                self._store(events, refused, part, source, fate)
        self._account(held, fate, refused)

    def _account(self, held: _Held, fate: np.ndarray, refused: Refused) -> None:
        """Every record is kept, a duplicate or refused; what is left over was accounted for by nobody yet."""
        of = np.repeat(np.arange(len(held.files)), held.counts)
        for name, what in (("events", KEPT), ("duplicates", DUPLICATE)):
            for report, n in zip(held.files, np.bincount(of[fate == what], minlength=len(held.files)).tolist(), strict=True):
                setattr(report, name, getattr(report, name) + n)
        pieces: dict[int, list[tuple[int, str, str]]] = {}
        for n in np.flatnonzero(fate == LOST).tolist():
            pieces.setdefault(int(of[n]), []).append((held.batch.position[n], *refused.get(n, (UNKNOWN, ""))))
        for file, lost in pieces.items():
            self.refuse(held.files[file], held.source, lost)

    def _from_maps(self, part: pa.Table, made: Plan) -> Iterator[tuple[Events, Refused]]:
        """What the maps make of the records; where one of them breaks a statement, they are halved until it stands alone."""
        try:
            found = self._mapped(part, made)
        except self.store.faults as e:
            half = part.num_rows // 2
            if half:
                yield from self._from_maps(part.slice(0, half), made)
                yield from self._from_maps(part.slice(half), made)
                return
            why = f"{STRANGE} ({' '.join(str(e).splitlines()[0].split())[:120]})"
            found = [], {part["n"][0].as_py(): (why, part["raw"][0].as_py()[:200])}
        yield found

    def _mapped(self, part: pa.Table, made: Plan) -> tuple[Events, Refused]:
        self.aside.execute(f"CREATE OR REPLACE TEMP TABLE cut AS {made.prepare}", batch=part)
        also = [n for n, (m, _) in enumerate(made.select, 1) if m.also]
        [taken] = self.aside.rows(f"SELECT {', '.join(['LIST(DISTINCT m) AS m', *(f'BOOL_OR(a{n}) AS a{n}' for n in also)])} FROM cut")
        present = {*taken["m"], *(n for n in also if taken[f"a{n}"])}
        refused: Refused = {}
        if 0 in present:
            bad = self.aside.rows("SELECT n, ok FROM cut WHERE m = 0")
            first = part["n"][0].as_py()
            refused = {r["n"]: ("not valid JSON" if not r["ok"] else UNKNOWN, part["raw"][r["n"] - first].as_py()[:200]) for r in bad}
        events = [
            (m.of, self.aside.query(f"SELECT n, digest, {_typed(m.of, list(m.columns))} FROM ({sql})"))
            for n, (m, sql) in enumerate(made.select, 1)
            if n in present
        ]
        return events, refused

    def _from_rows(self, part: pa.Table, held: _Held) -> Iterator[tuple[Events, Refused]]:
        rows: dict[str, list[dict[str, Any]]] = {}
        refused: Refused = {}
        columns_of = (part["n"].to_pylist(), part["digest"].to_pylist(), part["raw"].to_pylist())
        for number, digest, raw, record in zip(*columns_of, objects(part, held.batch.fields, held.layout, held.batch.variant), strict=True):
            made = made_of(held.source, record)
            if isinstance(made, str):
                refused[number] = (made, raw[:200])
                continue
            for table, row in made:
                rows.setdefault(table, []).append({**row, "n": number, "digest": digest})
        yield [(t, self._refined(held.source, t, as_arrow(t, r))) for t, r in sorted(rows.items())], refused

    def _refined(self, source: Source, table: str, events: pa.Table) -> pa.Table:
        """The events with the columns that the source says in SQL."""
        for columns_of in (added for of, added in source.refine if of == table):
            kept = ", ".join(f'"{n}"' for n in events.column_names if n not in columns_of)
            made = ", ".join(f'{sql} AS "{name}"' for name, sql in columns_of.items())
            events = self.aside.query(f"SELECT {kept}, {made} FROM events", events=events)
        return events

    def _store(self, events: Events, refused: Refused, part: pa.Table, source: Source, fate: np.ndarray) -> None:
        """Refuse what has no time, drop what was seen before, keep the rest."""
        timed = [(table, self._timed(rows, part, source, refused)) for table, rows in events if rows.num_rows]
        duplicates = self._duplicates(timed, source)
        fate[duplicates] = DUPLICATE
        if len(duplicates):
            timed = [(table, rows.filter(pa.array(fate[_numbers(rows)] != DUPLICATE))) for table, rows in timed]
        for table, rows in timed:
            fate[_numbers(rows)] = KEPT
            self.store.insert(table, rows)
        if self.keep_raw and timed:
            self._raw([rows for _, rows in timed], part)

    def _timed(self, rows: pa.Table, part: pa.Table, source: Source, refused: Refused) -> pa.Table:
        """The rows whose time is one, with their uid and source; the others are refused."""
        earliest, latest = (pa.scalar(t, rows["time"].type) for t in (EARLIEST, LATEST))
        good = pc.fill_null(pc.and_(pc.greater_equal(rows["time"], earliest), pc.less_equal(rows["time"], latest)), False)
        if not pc.all(good).as_py():
            bad = self.store.rows("SELECT n, CAST(MIN(time) AS VARCHAR) AS t FROM incoming GROUP BY n", incoming=rows.filter(pc.invert(good)).select(["n", "time"]))
            first = part["n"][0].as_py()
            for r in bad:
                why = "no time that can be read" if r["t"] is None else f"its time, {r['t']}, is out of range"
                refused.setdefault(r["n"], (why, part["raw"][r["n"] - first].as_py()[:200]))
            rows = rows.filter(good)
        own = pc.binary_join_element_wise("sha256:", rows["digest"], "")
        if "uid" in rows.column_names:
            given = rows["uid"]
            own = pc.coalesce(pc.if_else(pc.equal(given, ""), pa.scalar(None, pa.string()), given), own)
            rows = rows.drop_columns(["uid"])
        return rows.append_column("uid", own).append_column("source", pa.repeat(source.id, rows.num_rows))

    def _duplicates(self, timed: Events, source: Source) -> np.ndarray:
        """The numbers of records whose id was seen before, in this part or an earlier one; the ids of the others are remembered."""
        if not source.unique or not timed:
            return np.zeros(0, np.int64)
        ids = pa.concat_tables([t.select(["n", "uid"]) for _, t in timed])
        # A record without an id of its own is nobody's duplicate: identical lines are separate events.
        found = self.store.query(
            "WITH one AS (SELECT n, MIN(uid) AS uid FROM ids WHERE uid NOT LIKE 'sha256:%' GROUP BY n),"
            " ranked AS (SELECT n, uid, ROW_NUMBER() OVER (PARTITION BY uid ORDER BY n) AS place FROM one)"
            f" SELECT r.n, r.uid, r.place > 1 OR EXISTS (SELECT 1 FROM seen s WHERE s.uid = r.uid AND s.source = '{source.id}') AS dup FROM ranked r",
            ids=ids,
        )
        self.store.execute(f"INSERT INTO seen SELECT '{source.id}', uid FROM found WHERE NOT dup", found=found)
        return _numbers(found.filter(found["dup"]))

    def _raw(self, kept: list[pa.Table], part: pa.Table) -> None:
        """What was written stays beside the events, once for each uid that was made of it."""
        ids = pa.concat_tables([rows.select(["n", "uid", "source"]) for rows in kept]).group_by(["n", "uid", "source"]).aggregate([])
        found = part.take(pa.array(_numbers(ids) - part["n"][0].as_py()))
        self.store.execute("INSERT INTO raw_record SELECT * FROM incoming", incoming=ids.drop_columns(["n"]).append_column("digest", found["digest"]).append_column("raw", found["raw"]))


def _numbers(rows: pa.Table) -> np.ndarray:
    return rows["n"].to_numpy()


def _typed(table: str, names: list[str]) -> str:
    """Each column in its own type; what does not fit is NULL, and so is a number that is none."""
    known = columns(table)
    cast = {n: f'TRY_CAST("{n}" AS {known[n].type})' for n in names}
    return ", ".join(f'CASE WHEN isfinite({c}) THEN {c} END AS "{n}"' if known[n].type == "DOUBLE" else f'{c} AS "{n}"' for n, c in cast.items())
