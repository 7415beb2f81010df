"""How fast a large store answers: one alert beside one query by hand, many alerts at once beside their fused queries.

    python bench/asking.py [--events 50000000] [--alerts 10000] [--store DIR]

Makes a store of so many events (a month of 2,000 machines: connections, lookups, requests, calls of a cloud's API, and alerts of other tools),
unless DIR holds one, and prints a table. Without --store it is made in a temporary folder and removed. Takes about ten minutes and 3 GB of disk.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from vidocq.catalogue import Catalogue, load
from vidocq.engine.book import Book, book
from vidocq.engine.ledger import Case
from vidocq.model.entity import Entity
from vidocq.operations import manual
from vidocq.operations.enrich import enrich
from vidocq.operations.investigate import investigate
from vidocq.store.coverage import coverage
from vidocq.store.duckdb import Store

START, DAYS, MACHINES = datetime(2025, 3, 1), 30, 2000
MEMORY = "4GB"


def drawn(salt: int, n: int) -> str:
    """One of n numbers, the low ones far more often, as traffic is."""
    return f"CAST(FLOOR({n} * POWER((hash(i * 31 + {salt}) % 1000003) / 1000003.0, 3)) AS BIGINT)"


def even(salt: int, n: int) -> str:
    return f"CAST(hash(i * 31 + {salt}) % {n} AS BIGINT)"


def machine(salt: int) -> str:
    return f"('10.' || ({drawn(salt, MACHINES)} // 250) || '.0.' || ({drawn(salt, MACHINES)} % 250))"


def place(salt: int, own: int) -> str:
    """Seven times in ten a place that everybody visits, else one of twenty of the machine's own."""
    everybody = f"('203.0.113.' || {drawn(salt + 1, 250)})"
    return f"CASE WHEN hash(i * 31 + {salt}) % 10 < 7 THEN {everybody} ELSE ('2001:db8::' || to_hex({drawn(own, MACHINES)}) || ':' || {even(salt + 2, 20)}) END"


COMMON = {"time": "t", "uid": "'C' || i", "source": "'zeek'", "digest": "printf('%016x', hash(i))"}
MADE: dict[str, tuple[float, Mapping[str, str]]] = {
    "network_activity": (0.758, {
        "src_ip": machine(1), "src_port": even(2, 60000), "dst_ip": place(3, 1), "dst_port": f"[443, 443, 80, 53, 22, 8080, 123, 25][1 + {even(6, 8)}]",
        "protocol": "CASE WHEN hash(i) % 5 = 0 THEN 'udp' ELSE 'tcp' END", "duration": f"{even(7, 1000)} / 10.0", "bytes_out": even(8, 100000), "bytes_in": even(9, 1000000),
        "packets_out": even(8, 100), "packets_in": even(9, 100), "state": "'SF'", "established": "hash(i) % 10 <> 0",
    }),
    "dns_activity": (0.12, {
        "src_ip": machine(11), "dst_ip": "'10.0.0.53'", "query": f"'h' || {drawn(12, 20)} || '.d' || {drawn(13, 20000)} || '.example'", "domain": f"'d' || {drawn(13, 20000)} || '.example'",
        "qtype": "'A'", "rcode": "CASE WHEN hash(i) % 20 = 0 THEN 'NXDOMAIN' ELSE 'NOERROR' END", "answer_ip": place(14, 11),
    }),
    "http_activity": (0.08, {
        "src_ip": machine(21), "src_port": even(22, 60000), "dst_ip": place(23, 21), "dst_port": "80", "method": "CASE WHEN hash(i) % 10 = 0 THEN 'POST' ELSE 'GET' END",
        "host": f"'d' || {drawn(26, 20000)} || '.example'", "url": f"'/' || {even(27, 1000)}", "user_agent": f"'agent ' || {drawn(28, 50)}", "status_code": "200", "bytes_out": even(8, 10000),
        "bytes_in": even(9, 100000), "host_is_ip": "FALSE",
    }),
    "api_activity": (0.04, {
        "source": "'aws_cloudtrail'", "actor_user": f"'arn:aws:iam::111122223333:user/u' || {drawn(31, 500)}", "actor_type": "'IAMUser'", "actor_key": f"'key' || {drawn(31, 500)}", "account": "'111122223333'",
        "src_ip": place(32, 31), "user_agent": f"'agent ' || {drawn(35, 50)}", "service": f"'s' || {drawn(36, 30)}", "operation": f"'Op' || {drawn(37, 300)}", "read_only": "hash(i) % 3 <> 0",
        "status": "'success'", "region": "'us-east-1'", "resource": f"'arn:aws:s3:::b' || {drawn(38, 1000)}",
    }),
    "detection_finding": (0.002, {
        "source": "'table'", "rule": f"'rule ' || {drawn(41, 60)}", "title": f"'rule ' || {drawn(41, 60)}", "severity": "1 + hash(i) % 3", "product": "'sensor ' || hash(i) % 3",
        "host": f"'host' || {drawn(42, MACHINES)}", "src_ip": machine(42), "techniques": "''",
    }),
}  # fmt: skip
"""Table -> share of the events, and what fills its columns for event `i` at time `t`."""


def make(folder: Path, events: int) -> None:
    """A store of a month, read day by day, as files are."""
    store = Store(folder, memory=MEMORY)
    for day in range(DAYS):
        for table, (share, filled) in MADE.items():
            n = max(1, int(events * share / DAYS))
            columns = {**COMMON, **filled}
            names = ", ".join(f'"{c}"' for c in columns)
            begin = START + timedelta(days=day)
            store.execute(
                f'INSERT INTO "{table}" ({names}) SELECT {", ".join(columns.values())}'
                f" FROM (SELECT {day * n} + range AS i, TIMESTAMP '{begin}' + to_microseconds(CAST(range * (86400e6 / {n}) AS BIGINT)) AS t FROM range({n})) ORDER BY t"
            )
    enrich(store, None)
    store.execute("CHECKPOINT")
    store.close()


def median(times: int, act: Callable[[], object]) -> float:
    """Seconds that it takes, the middle of so many tries."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


ONE = ("10.1.0.5", START + timedelta(days=19, hours=10, minutes=30))
BY_HAND = {
    "its connections in the day before": "SELECT COUNT(*), COUNT(DISTINCT dst_ip), SUM(bytes_out), MIN(time), MAX(time) FROM network_activity WHERE src_ip = '{who}' AND time BETWEEN TIMESTAMP '{at}' - INTERVAL 1 DAY AND TIMESTAMP '{at}'",
    "its connections in the month, by address": "SELECT dst_ip, COUNT(*) AS n, SUM(bytes_out), MIN(time) FROM network_activity WHERE src_ip = '{who}' AND time BETWEEN TIMESTAMP '{at}' - INTERVAL 30 DAY AND TIMESTAMP '{at}' GROUP BY dst_ip ORDER BY n DESC LIMIT 50",
}  # fmt: skip


def one_alert(folder: Path, catalogue: Catalogue) -> list[tuple[str, float, str]]:
    """What `vidocq ask` takes, start of the process aside, beside queries by hand over the same store."""
    who, at = ONE

    def look() -> object:
        return manual.ask(f"ip:{who}", f"{at.isoformat()}Z", folder, catalogue=catalogue)

    rows = [("the first look at a store that has grown", median(1, look), ""), ("one alert, from opening the store to the files", median(5, look), "")]
    for name, sql in BY_HAND.items():
        hand = median(5, lambda sql=sql: by_hand(folder, sql.format(who=who, at=at)))
        rows.append((f"by hand: {name}", hand, f"one alert is {rows[1][1] / hand:.1f} times that"))
    return rows


def by_hand(folder: Path, sql: str) -> None:
    """One query, from opening the store as well."""
    store = Store(folder, memory=MEMORY)
    store.query(sql)
    store.close()


def cases_of(store: Store, most: int) -> list[Case]:
    """Alerts about a machine and an address, at the times of connections between them."""
    found = store.rows(f"SELECT time, uid, src_ip, dst_ip FROM network_activity WHERE time > TIMESTAMP '{START + timedelta(days=4)}' ORDER BY hash(uid) LIMIT {most}")
    rule = "network.beacon"
    return [
        Case(
            id=f"in-{n:06}", first_alert=f"al-{n:06}", alerts=1, opened_at=r["time"], last_at=r["time"], origin="native", source="vidocq", rule=rule, title="", severity=3, signature=(f"rule:{rule}",),
            entities=(Entity.of("ip", r["dst_ip"], "destination"), Entity.of("ip", r["src_ip"], "source")), techniques=(), features={}, events=(r["uid"],), events_total=1,
        )
        for n, r in enumerate(sorted(found, key=lambda r: (r["time"], r["uid"])))
    ]  # fmt: skip


class _Clocked(Store):
    """A store that knows how long it worked on fused statements and on all."""

    fused = total = 0.0

    def query(self, sql: str, **tables):  # type: ignore[no-untyped-def]
        began = time.perf_counter()
        try:
            return super().query(sql, **tables)
        finally:
            took = time.perf_counter() - began
            self.total += took
            self.fused += took if sql.startswith("SELECT facts.*") else 0.0


def many_alerts(folder: Path, known: Book, most: int) -> list[tuple[str, float, str]]:
    """The whole investigation of many alerts beside the fused statements in it, which are what one would run by hand."""
    store = _Clocked(folder, memory=MEMORY)
    cases, heard = cases_of(store, most), coverage(store)
    store.fused = store.total = 0.0
    began = time.perf_counter()
    found = investigate(store, heard, known, cases, {})
    took = time.perf_counter() - began
    rows = [
        (f"{len(cases)} alerts at once, {len(found.answers)} answers", took, f"{took / store.fused:.2f} times the fused statements"),
        ("of which in fused statements", store.fused, ""), ("of which in other statements (evidence, leads)", store.total - store.fused, ""),
    ]
    store.close()
    return rows


def print_table(rows: Sequence[tuple[str, float, str]]) -> None:
    print("\n| what | seconds | |\n|---|---:|---|")
    for what, seconds, note in rows:
        print(f"| {what} | {seconds:.2f} | {note} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50_000_000)
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    catalogue = load()
    known = book(catalogue.questions, catalogue.hypotheses, catalogue.detections, catalogue.phrases)
    with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as scratch:
        folder = given.store or Path(scratch)
        if not (folder / "events.duckdb").exists():
            print(f"making {given.events} events, {median(1, lambda: make(folder, given.events)):.0f} s", flush=True)
        print_table([*one_alert(folder, catalogue), *many_alerts(folder, known, given.alerts)])


if __name__ == "__main__":
    main()
