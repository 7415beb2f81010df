"""How fast logs are read into the store, the raw record kept, beside DuckDB's own typed read of the same records. `python bench/ingest.py [records]`."""

from __future__ import annotations

import gzip
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from records import write_conn, write_eve, write_trail

SAME = (
    "eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "eventID", "readOnly",
    "recipientAccountId", "sessionCredentialFromConsole",
)
NESTED = {
    "userIdentity": "STRUCT(type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, accessKeyId VARCHAR, userName VARCHAR, invokedBy VARCHAR, "
                    "sessionContext STRUCT(sessionIssuer STRUCT(arn VARCHAR), attributes STRUCT(mfaAuthenticated VARCHAR)))",
    "requestParameters": "JSON", "responseElements": "JSON", "additionalEventData": "JSON", "resources": "JSON",
}
TYPES = dict.fromkeys(SAME, "VARCHAR") | NESTED
"""The fields that the source reads, as DuckDB is told them. It keeps neither the raw record nor a digest, and works out no column."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a reading took: wall and CPU seconds, and the most memory (MB)."""

    records: int
    seconds: float
    cpu: float
    memory: int


def read(inputs: Path, scratch: Path, keep_raw: bool) -> int:
    """Reads everything below a path into a new store; the number of events."""
    from vidocq.catalogue import load
    from vidocq.operations.ingest import ingest
    from vidocq.store.duckdb import Store

    store = Store(scratch / "store", memory="1400MB")
    reports = list(ingest(store, load(), [inputs], keep_raw=keep_raw))
    store.close()
    return sum(r.events for r in reports)


def typed(pattern: str, scratch: Path, longest: int) -> int:
    """DuckDB's own read of `Records[]`: typed, one row per record, into a table of the same fields."""
    record = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})"
    rows = f"SELECT unnest(Records) AS r FROM read_json('{pattern}', columns={{Records: '{record}[]'}}, format='unstructured', maximum_object_size={longest})"
    return _table(f"SELECT unnest(r) FROM ({rows})", scratch)


def typed_lines(pattern: str, scratch: Path) -> int:
    """The same of records that stand one per line, which is what it is best at."""
    told = ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items())
    return _table(f"SELECT * FROM read_json('{pattern}', columns={{{told}}}, format='newline_delimited')", scratch)


def _table(sql: str, scratch: Path) -> int:
    con = duckdb.connect(str(scratch / "typed.duckdb"), config={"preserve_insertion_order": "false", "memory_limit": "3GB"})
    con.execute("SET enable_progress_bar = false")
    con.execute(f"CREATE TABLE typed AS {sql}")
    [n] = con.execute("SELECT COUNT(*) FROM typed").fetchone() or (0,)
    con.close()
    return int(n)


def _timed(work: Callable[..., int], args: tuple[Any, ...]) -> Took:
    with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as scratch:
        wall, cpu = time.perf_counter(), time.process_time()
        n = work(args[0], Path(scratch), *args[1:])
        return Took(n, time.perf_counter() - wall, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def show(what: str, work: Callable[..., int], *args: Any, beside: Took | None = None) -> Took:
    """Runs a reading in a process of its own and prints its line."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        took = alone.submit(_timed, work, args).result()
    ratio = f"   {beside.seconds / took.seconds:.1f} x (wall), {beside.cpu / took.cpu:.1f} x (CPU)" if beside else ""
    print(f"  {what:<52}{took.records / took.seconds:>10,.0f} /s {took.seconds:>7.1f} s {took.cpu:>7.1f} s CPU {took.memory:>6} MB{ratio}", flush=True)
    return took


def _lines(folder: Path, trail: Path) -> None:
    """The records of deliveries, one per line."""
    folder.mkdir()
    for path in sorted(trail.iterdir()):
        records = msgspec.json.decode(gzip.decompress(path.read_bytes()), type=dict[str, list[msgspec.Raw]])["Records"]
        (folder / path.name).write_bytes(gzip.compress(b"".join(bytes(r) + b"\n" for r in records), 6))


def main(n: int) -> None:
    with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as made:
        room = Path(made)
        size = write_trail(room / "hourly", 168, n)
        write_trail(room / "big", 4, n)
        write_trail(room / "few", 168, 1000)
        _lines(room / "lines", room / "big")
        write_conn(room / "conn.log", 5 * n)
        write_eve(room / "eve.json", n)
        print(f"  {n:,} records of CloudTrail, {size / n:,.0f} bytes each; how many times as fast as DuckDB stands behind")
        hourly = show("DuckDB, typed and unnested, 168 files", typed, f"{room}/hourly/*.gz", 8 * size // 168)
        show("vidocq, 168 files, raw kept", read, room / "hourly", True, beside=hourly)
        big = show("DuckDB, typed and unnested, 4 files", typed, f"{room}/big/*.gz", size // 3)
        show("vidocq, 4 files, raw kept", read, room / "big", True, beside=big)
        lines = show("DuckDB, typed, one record per line, 4 files", typed_lines, f"{room}/lines/*.gz")
        show("vidocq, one record per line, 4 files, raw kept", read, room / "lines", True, beside=lines)
        show("vidocq, 168 files of 6 records, raw kept", read, room / "few", True)
        show("vidocq, Zeek conn.log (21 fields)", read, room / "conn.log", False)
        show("vidocq, Suricata eve.json", read, room / "eve.json", False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
