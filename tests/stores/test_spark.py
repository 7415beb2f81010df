"""The store over Spark: what it shows of Parquet and of Arrow tables, and what it leaves alone."""

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vidocq.errors import StoreError
from vidocq.store import spark

TIME = dt.datetime(2025, 3, 30, 1, 30, 0, 5)
FLOWS = pa.table({"uid": ["a", "b"], "time": pa.array([TIME, None], pa.timestamp("us")), "src_ip": ["192.0.2.1", None], "dst_port": pa.array([443, None], pa.int32())})


def test_parquet_files_and_folders_are_tables(session, tmp_path):
    pq.write_table(FLOWS, tmp_path / "network_activity.parquet")
    (tmp_path / "address.parquet").mkdir()
    for part in ("one", "two"):
        pq.write_table(pa.table({"ip": [part], "tor": [part == "one"]}), tmp_path / "address.parquet" / f"{part}.parquet")
    store = spark.folder(session, tmp_path)
    assert store.rows('SELECT uid, time, src_ip, dst_port, bytes_out FROM "network_activity" ORDER BY uid') == [
        {"uid": "a", "time": TIME, "src_ip": "192.0.2.1", "dst_port": 443, "bytes_out": None},
        {"uid": "b", "time": None, "src_ip": None, "dst_port": None, "bytes_out": None},
    ]
    assert store.rows("SELECT ip FROM address WHERE tor") == [{"ip": "one"}]


def test_tables_that_were_not_given_are_empty(session):
    store = spark.SparkStore(session, {"network_activity": FLOWS})
    assert (store.count("network_activity"), store.count("dns_activity"), store.count("asset")) == (2, 0, 0)


def test_a_statement_reads_arrow_tables_by_name_and_leaves_none_behind(session):
    store = spark.SparkStore(session, {"network_activity": FLOWS})
    cases = pa.table({"who": ["192.0.2.1", "192.0.2.2"]})
    assert store.rows("SELECT c.who, COUNT(e.uid) AS n FROM cases AS c LEFT JOIN network_activity AS e ON e.src_ip = c.who GROUP BY c.who ORDER BY c.who", cases=cases) == [
        {"who": "192.0.2.1", "n": 1}, {"who": "192.0.2.2", "n": 0},
    ]
    with pytest.raises(Exception, match="TABLE_OR_VIEW_NOT_FOUND"):
        store.rows("SELECT * FROM cases")


def test_two_stores_do_not_see_each_other_and_the_session_stays_as_it_was(session):
    before = {key: session.conf.get(key) for key in ("spark.sql.session.timeZone", "spark.sql.timestampType")}
    full, empty = spark.SparkStore(session, {"network_activity": FLOWS}), spark.SparkStore(session, {})
    assert (full.count("network_activity"), empty.count("network_activity")) == (2, 0)
    assert [t.name for t in session.catalog.listTables()] == []
    assert {key: session.conf.get(key) for key in before} == before


def test_what_is_no_table_is_refused(session, tmp_path):
    with pytest.raises(StoreError, match="holds no Parquet file"):
        spark.folder(session, tmp_path)
    with pytest.raises(StoreError, match="is no table of events"):
        spark.SparkStore(session, {"sales": FLOWS})
    with pytest.raises(StoreError, match="is not there"):
        spark.SparkStore(session, {"address": tmp_path / "address.parquet"})
