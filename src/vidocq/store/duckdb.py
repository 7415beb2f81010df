"""The embedded store: DuckDB, in memory or in one file that one process owns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from vidocq.errors import StoreError
from vidocq.model.event import CLASSES, CONTEXT, columns, ddl

FORMAT = "1"

_OWN = """
CREATE TABLE IF NOT EXISTS vidocq_meta (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE IF NOT EXISTS delivery (digest VARCHAR, path VARCHAR, records BIGINT);
CREATE TABLE IF NOT EXISTS seen (source VARCHAR, uid VARCHAR);
CREATE TABLE IF NOT EXISTS raw_record (uid VARCHAR, source VARCHAR, digest VARCHAR, raw VARCHAR USING COMPRESSION zstd);
CREATE TABLE IF NOT EXISTS quarantine (path VARCHAR, position BIGINT, source VARCHAR, reason VARCHAR, excerpt VARCHAR);
CREATE TABLE IF NOT EXISTS derived_guid (class VARCHAR, part VARCHAR, uid VARCHAR, digest VARCHAR);
CREATE TABLE IF NOT EXISTS kept (name VARCHAR, state VARCHAR);
"""


class Store:
    """Event tables and what was read into them. Queries are DuckDB SQL and return Arrow tables."""

    dialect = "duckdb"
    faults: tuple[type[Exception], ...] = (duckdb.DataError, duckdb.InvalidInputException)
    """What a statement raises when a value in the data is at fault, not the statement."""

    def __init__(self, path: Path | None = None, threads: int | None = None, memory: str | None = None) -> None:
        # No extension is ever fetched: what the wheel carries must do.
        config: dict[str, Any] = {"preserve_insertion_order": "false", "autoinstall_known_extensions": "false", "python_enable_replacements": "false"}
        if threads:
            config["threads"] = str(threads)
        if memory:
            config["memory_limit"] = memory
        try:
            if path is not None:
                path.mkdir(parents=True, exist_ok=True)
            self._con = duckdb.connect(str(path / "events.duckdb") if path else ":memory:", config=config)
        except (duckdb.Error, OSError) as e:
            raise StoreError(str(path), f"the store does not open ({_one_line(e)})", "close the other process, or choose another --store") from e
        self.path = path
        _quiet(self._con)
        self._prepare()

    def _prepare(self) -> None:
        self._con.execute(_OWN)
        found = self._con.execute("SELECT value FROM vidocq_meta WHERE key = 'format'").fetchone()
        if found and found[0] != FORMAT:
            raise StoreError(str(self.path), f"the store has format {found[0]}, this version writes {FORMAT}", "read the logs into a new store")
        if not found:
            self._con.execute("INSERT INTO vidocq_meta VALUES ('format', ?)", [FORMAT])
        for table in (*CLASSES, *CONTEXT):
            self._con.execute(ddl(table))
        if found:
            self._complete()

    def _complete(self) -> None:
        """Columns that came after the store was made: NULL for what was read before."""
        there = set(self._con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main'").fetchall())
        for table in (*CLASSES, *CONTEXT):
            for column in columns(table).values():
                if (table, column.name) not in there:
                    self._con.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {column.type}')

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The rows of a statement; `tables` are Arrow tables it may read by name."""
        for name, table in tables.items():
            self._con.register(name, table)
        try:
            return self._con.sql(sql).to_arrow_table()
        finally:
            for name in tables:
                self._con.unregister(name)

    def rows(self, sql: str, **tables: pa.Table) -> list[dict[str, Any]]:
        """The same as dictionaries, for what is small."""
        return self.query(sql, **tables).to_pylist()

    def execute(self, sql: str, **tables: pa.Table) -> None:
        """Carry out a statement whose rows nobody needs."""
        for name, table in tables.items():
            self._con.register(name, table)
        try:
            self._con.execute(sql)
        finally:
            for name in tables:
                self._con.unregister(name)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside is there whole or not at all."""
        self._con.execute("BEGIN")
        whole = False
        try:
            yield
            whole = True
        finally:
            self._con.execute("COMMIT" if whole else "ROLLBACK")

    def aside(self) -> Store:
        """The same store beside this one's transaction: a statement that fails there does not undo what is written here."""
        other = object.__new__(type(self))
        other.path, other._con = self.path, self._con.cursor()
        _quiet(other._con)
        return other

    def keep(self, name: str, table: pa.Table) -> None:
        """A table of this name holds these rows, and no others."""
        self.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming', incoming=table)

    def insert(self, table: str, rows: pa.Table) -> None:
        """Append rows to an event or context table; columns that are missing stay NULL."""
        known = columns(table)
        names = [n for n in rows.column_names if n in known]
        listed = ", ".join(f'"{n}"' for n in names)
        cast = ", ".join(f'"{n}"::{known[n].type}' for n in names)
        self.execute(f'INSERT INTO "{table}" ({listed}) SELECT {cast} FROM incoming', incoming=rows)

    def count(self, table: str) -> int:
        return int(self._con.execute(f'SELECT COUNT(*) FROM "{table}"').fetchall()[0][0])

    def close(self) -> None:
        self._con.close()


def entity_event_sql(kinds: Mapping[str, bool] | None = None) -> str:
    """The index of entities: one row per event and entity it names, (kind, name, role, class, time, uid)."""
    parts = [
        f"SELECT '{c.entity}' AS kind, \"{c.name}\" AS name, '{c.role}' AS role, '{table}' AS class, time, uid FROM \"{table}\" WHERE \"{c.name}\" IS NOT NULL"
        for table in CLASSES
        for c in columns(table).values()
        if c.entity and (kinds is None or kinds.get(c.entity))
    ]
    return " UNION ALL ".join(parts)


def _quiet(con: duckdb.DuckDBPyConnection) -> None:
    """Times are UTC, and nothing is drawn on the terminal: a long statement shows a bar unasked."""
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")


def _one_line(e: Exception) -> str:
    return " ".join(str(e).split())[:200]
