"""Finds which address a named machine had on each day: from records that say both, from connections that two sensors saw, from names that were asked for,
from what a cloud says of its instances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa

from vidocq.engine.machines import Machines, Sighting
from vidocq.operations.instances import instances
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

SEEN_TWICE = 3
"""Connections, each in a minute of its own or to another place, that a machine's own sensor and one beside it saw begin together: once is chance, three times is
the machine."""
TOGETHER = 4
"""Seconds within which both must have written them down; what falls on either side of such a span's end is not counted."""
SHARE = 0.9
"""Of what is seen together most must agree: behind a common exit many machines have one address, and none of them is it."""

_PRIVATE = "regexp_matches({0}, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.)')"
_SAID = f"""
    SELECT lower(host) AS host, src_ip AS ip, CAST(time AS DATE) AS day, 'it says so itself' AS how FROM network_activity WHERE host IS NOT NULL AND src_ip IS NOT NULL AND direction = 'outbound' AND {_PRIVATE.format('src_ip')}
    UNION SELECT lower(host), dst_ip, CAST(time AS DATE), 'it says so itself' FROM network_activity WHERE host IS NOT NULL AND dst_ip IS NOT NULL AND direction = 'inbound' AND {_PRIVATE.format('dst_ip')}
    UNION SELECT lower(host), src_ip, CAST(time AS DATE), 'the address was leased to it' FROM dhcp_activity WHERE host IS NOT NULL AND src_ip IS NOT NULL"""
_MET = f"""
    WITH within AS (SELECT host, dst_ip, dst_port, time FROM network_activity WHERE host IS NOT NULL AND src_ip IS NULL AND dst_ip IS NOT NULL),
    beside AS (SELECT src_ip, dst_ip, dst_port, time FROM network_activity WHERE host IS NULL AND {_PRIVATE.format('src_ip')} AND dst_ip IN (SELECT dst_ip FROM within)),
    met AS (
        SELECT DISTINCT lower(w.host) AS host, b.src_ip AS ip, CAST(w.time AS DATE) AS day, w.dst_ip, w.dst_port, time_bucket(INTERVAL 1 MINUTE, w.time) AS moment FROM within AS w JOIN beside AS b
            ON w.dst_ip = b.dst_ip AND w.dst_port = b.dst_port AND time_bucket(INTERVAL {TOGETHER} SECOND, w.time) = time_bucket(INTERVAL {TOGETHER} SECOND, b.time)
    ), counted AS (SELECT host, ip, day, COUNT(*) AS n FROM met GROUP BY ALL)
    SELECT host, ip, day, 'the same connections were seen on it and beside it' AS how FROM counted
    QUALIFY n >= {SEEN_TWICE} AND n >= {SHARE} * SUM(n) OVER (PARTITION BY host, day) AND n >= {SHARE} * SUM(n) OVER (PARTITION BY ip, day)"""
_NAMES = f"""
    WITH known AS (SELECT DISTINCT lower(host) AS host FROM (SELECT host FROM process_activity UNION SELECT host FROM authentication UNION SELECT host FROM file_activity UNION SELECT host FROM network_activity) WHERE host IS NOT NULL),
    asked AS (SELECT DISTINCT lower(query) AS name, answer_ip AS ip, CAST(time AS DATE) AS day FROM dns_activity WHERE qtype IN ('A', 'AAAA') AND {_PRIVATE.format('answer_ip')})
    SELECT k.host, a.ip, a.day, 'its name was asked for' AS how FROM asked AS a JOIN known AS k ON a.name = k.host
    UNION SELECT k.host, a.ip, a.day, 'its name was asked for' FROM asked AS a JOIN known AS k ON split_part(a.name, '.', 1) = k.host"""
# The word of a client that signed in: believed of a machine of ours, where nothing better is known.
_SIGNED = f"""
    WITH known AS (SELECT DISTINCT lower(host) AS host FROM (SELECT host FROM process_activity UNION SELECT host FROM authentication UNION SELECT host FROM file_activity) WHERE host IS NOT NULL)
    SELECT k.host, a.src_ip AS ip, CAST(a.time AS DATE) AS day, 'it signed in from there under its name' AS how FROM authentication AS a JOIN known AS k ON lower(a.client) IN (k.host, split_part(k.host, '.', 1))
    WHERE a.status = 'success' AND a.client IS NOT NULL AND {_PRIVATE.format('a.src_ip')} AND lower(a.host) NOT IN (k.host) GROUP BY ALL"""
_TOLD = """
    SELECT h.host, replace(regexp_extract(h.host, '^ip-([0-9]+-[0-9]+-[0-9]+-[0-9]+)([.]|$)', 1), '-', '.') AS ip, day, 'its name says it' AS how FROM (SELECT DISTINCT lower(host) AS host, CAST(time AS DATE) AS day FROM (
        SELECT host, time FROM process_activity UNION ALL SELECT host, time FROM authentication UNION ALL SELECT host, time FROM file_activity)) AS h WHERE regexp_matches(h.host, '^ip-[0-9]+-[0-9]+-[0-9]+-[0-9]+([.]|$)')"""
_LONG = """
    WITH hosts AS (SELECT DISTINCT lower(host) AS host, CAST(time AS DATE) AS day FROM (SELECT host, time FROM process_activity UNION SELECT host, time FROM authentication UNION SELECT host, time FROM detection_finding UNION SELECT host, time FROM base_event) WHERE host IS NOT NULL),
    short AS (SELECT split_part(host, '.', 1) AS first, COUNT(DISTINCT host) FILTER (host LIKE '%.%') AS longs FROM hosts GROUP BY ALL)
    SELECT h.host AS long, s.first AS host, h.day, 'its name without the domain' AS how FROM hosts AS h JOIN short AS s ON s.first = split_part(h.host, '.', 1) WHERE h.host LIKE '%.%' AND s.longs = 1 AND NOT regexp_matches(h.host, '^[0-9.]+$')"""
_READS = ("network_activity", "dns_activity", "dhcp_activity", "process_activity", "authentication", "file_activity", "detection_finding", "base_event")


def machines(store: Store) -> Machines:
    """Every sighting that the store's events give. What a record says itself goes before what was seen together, that before what was asked for."""
    found: dict[tuple[str, object], list[Sighting]] = {}
    for statement in (_SAID, _MET, _NAMES, _TOLD, _SIGNED):
        rows = kept(store, statement, _READS).to_pylist()
        taken = set(found)
        for r in rows:
            if (r["ip"], r["day"]) not in taken:
                found.setdefault((r["ip"], r["day"]), []).append(Sighting("ip", r["ip"], r["host"], r["day"], r["how"]))
    long = [Sighting("host", r["long"], r["host"], r["day"], r["how"]) for r in kept(store, _LONG, _READS).to_pylist()]
    # A machine bears the name without its domain everywhere, where that names one machine.
    short = {s.name: s.host for s in long}
    own = [replace(s, host=short.get(s.host, s.host)) for sightings in found.values() for s in sightings]
    hosts_of: dict[tuple[str, date], set[str]] = {}
    for s in own:
        hosts_of.setdefault((s.name, s.day), set()).add(s.host)
    cloud = (replace(s, host=short.get(s.host, s.host)) for s in instances(store, hosts_of))
    return Machines([*long, *own, *cloud])


def as_table(of: Machines) -> pa.Table:
    """The sightings as the ledger keeps them."""
    rows = of.sightings
    return pa.table({
        "kind": pa.array([s.kind for s in rows], pa.string()), "name": pa.array([s.name for s in rows], pa.string()), "host": pa.array([s.host for s in rows], pa.string()), "day": pa.array([s.day for s in rows], pa.date32()),
        "how": pa.array([s.how for s in rows], pa.string()),
    })
