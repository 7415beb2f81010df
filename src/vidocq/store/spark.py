"""The store beyond one machine: Spark asks the same events where they lie, as Parquet or as Arrow tables. It reads, and never writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlglot

from vidocq.errors import StoreError
from vidocq.model.event import CLASSES, CONTEXT, columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {"VARCHAR": "STRING", "BIGINT": "BIGINT", "INTEGER": "INT", "DOUBLE": "DOUBLE", "BOOLEAN": "BOOLEAN", "TIMESTAMP": "TIMESTAMP_NTZ"}
_MEANING = {
    # Times are in UTC and carry no zone, as in every other store.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # A value that does not fit is an error here too, never a silent NULL.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
}
"""What an answer depends on; everything else of a session is its owner's."""
_WORDS = ("epoch_us(at TIMESTAMP_NTZ) RETURNS BIGINT RETURN unix_micros(CAST(at AS TIMESTAMP_LTZ))",)
"""What the core's own statements say and Spark has no word for."""


class SparkStore:
    """Event tables in a Spark session. Statements are the ones of the embedded store, translated here; results are Arrow tables."""

    dialect = "spark"

    def __init__(self, session: SparkSession, tables: Mapping[str, Path | pa.Table]) -> None:
        """Every event and context table is there by name; those not in `tables` are empty, columns that are missing are NULL."""
        unknown = sorted(tables.keys() - CLASSES.keys() - CONTEXT.keys())
        if unknown:
            raise StoreError(unknown[0], "is no table of events", "name a class or a context table")
        # A session of its own on the same machines: two stores do not see each other's tables, and the owner's settings stay.
        self._session = session = session.newSession()
        for key, value in _MEANING.items():
            session.conf.set(key, value)
        for word in _WORDS:
            session.sql(f"CREATE TEMPORARY FUNCTION {word}")
        for name in (*CLASSES, *CONTEXT):
            _shaped(name, _frame(session, name, tables[name]) if name in tables else None, session).createOrReplaceTempView(name)

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The rows of a statement; `tables` are Arrow tables it may read by name."""
        for name, table in tables.items():
            self._session.createDataFrame(table).createOrReplaceTempView(name)
        try:
            return _zoneless(self._session.sql(translated(sql)).toArrow())
        finally:
            for name in tables:
                self._session.catalog.dropTempView(name)

    def rows(self, sql: str, **tables: pa.Table) -> list[dict[str, Any]]:
        """The same as dictionaries, for what is small."""
        return self.query(sql, **tables).to_pylist()

    def count(self, table: str) -> int:
        return int(self.rows(f'SELECT COUNT(*) AS n FROM "{table}"')[0]["n"])


def folder(session: SparkSession, path: Path) -> SparkStore:
    """The store over a folder that holds `<table>.parquet`, a file or a folder each."""
    found = {p.stem: p for p in sorted(path.glob("*.parquet"))}
    if not found:
        raise StoreError(str(path), "holds no Parquet file", "write each table there as <table>.parquet")
    return SparkStore(session, found)


def local(cores: int = 2, settings: Mapping[str, str] = MappingProxyType({})) -> SparkSession:
    """A Spark session on this machine: no page, no port beyond the loopback, nothing fetched; `settings` are Spark's own."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as e:
        raise StoreError("spark", "PySpark is not installed", "pip install 'vidocq[spark]'") from e
    builder = SparkSession.builder.master(f"local[{cores}]").appName("vidocq")
    for key, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # The default of 200 is for clusters: here every part costs more than the rows in it.
        "spark.sql.shuffle.partitions": str(cores),
        **settings,
    }.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


@lru_cache(maxsize=1024)
def translated(sql: str) -> str:
    """The same statement in Spark's SQL."""
    return sqlglot.transpile(sql, read="duckdb", write="spark")[0]


def _zoneless(table: pa.Table) -> pa.Table:
    """The same moments without a zone: Spark's functions give some of them one, and it is UTC."""
    return table.cast(pa.schema([f.with_type(pa.timestamp("us")) if pa.types.is_timestamp(f.type) else f for f in table.schema]))


def _frame(session: SparkSession, name: str, data: Path | pa.Table) -> DataFrame:
    if isinstance(data, pa.Table):
        return session.createDataFrame(data)
    if not data.exists():
        raise StoreError(str(data), f"the table {name} is not there", "name the Parquet file or folder that holds it")
    return session.read.parquet(str(data.resolve()))


def _shaped(name: str, frame: DataFrame | None, session: SparkSession) -> DataFrame:
    """The frame with all columns of its table, in their types."""
    known = columns(name).values()
    if frame is None:
        frame = session.range(0)
    there = set(frame.columns)
    return frame.selectExpr(*(f"CAST({f'`{c.name}`' if c.name in there else 'NULL'} AS {_TYPES[c.type]}) AS `{c.name}`" for c in known))
