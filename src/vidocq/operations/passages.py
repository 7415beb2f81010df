"""From where to where an incident went, by what, and where it tried in vain.

A passage is a sign-in at which a machine is worked on, a program or a call that says it came over the network, a connection to a port at which nothing
else is done, or credentials of a machine in use elsewhere. A share that is opened is none, unless an alert of the incident names it.
"""

from __future__ import annotations

from typing import Any

from vidocq.behaviour.ways_in import BY_CALL, BY_PROGRAM, MANAGED, REMOTE_CONTROL, SIGN_IN_BY
from vidocq.engine.trace import Trace
from vidocq.store.duckdb import Store

AROUND_H = 1
"""Hours before the first and after the last event of an incident in which its machines are followed."""
MOST = 60
"""Passages, and attempts in vain, of one incident."""

_FROM = """
    CREATE OR REPLACE TEMP TABLE scene_from AS
    SELECT incident, machine AS source, ip, day, FALSE AS stranger FROM scene_address UNION ALL SELECT incident, ip, ip, NULL, TRUE FROM scene_stranger"""
_WHEN = f"r.time BETWEEN s.first - INTERVAL {AROUND_H} HOUR AND s.last + INTERVAL {AROUND_H} HOUR AND (f.day IS NULL OR abs(date_diff('day', f.day, CAST(r.time AS DATE))) <= 1)"
_OWN = "NOT EXISTS (SELECT 1 FROM scene_host AS h WHERE h.incident = s.incident AND h.machine = f.source AND h.name = {0})"

_SIGN_INS = f"""
    WITH came AS (
        SELECT s.incident, f.source, COALESCE(lower(r.host), r.dst_ip) AS host, r.actor_user AS account, {SIGN_IN_BY} AS how, r.time, r.uid, r.status, o.uid IS NOT NULL AS odd
        FROM scene AS s JOIN scene_from AS f USING (incident) JOIN authentication AS r ON r.src_ip = f.ip AND {_WHEN} LEFT JOIN scene_odd AS o ON o.incident = s.incident AND o.uid = r.uid
        WHERE COALESCE(r.host, r.dst_ip) IS NOT NULL AND r.dst_ip IS DISTINCT FROM r.src_ip AND {_OWN.format('lower(r.host)')}
    ), after AS (
        SELECT c.incident, c.source, c.host, c.account, c.time, c.uid, c.status, c.odd, COALESCE(MIN(p.how), c.how) AS how FROM came AS c
            LEFT JOIN (SELECT lower(host) AS host, time, {BY_PROGRAM} AS how FROM process_activity WHERE operation = 'start' AND {BY_PROGRAM} IS NOT NULL
                UNION ALL SELECT lower(host), time, 'a service (psexec)' FROM job_activity WHERE kind = 'service') AS p
                ON c.how = 'network sign-in' AND p.host = c.host AND p.time BETWEEN c.time AND c.time + INTERVAL 1 MINUTE
        GROUP BY c.incident, c.source, c.host, c.account, c.time, c.uid, c.status, c.odd, c.how
    )
    SELECT incident, source, host, account, how, status = 'failure' AS refused, MIN(time) AS time, arg_min(uid, (time, uid)) AS uid, COUNT(*) AS times
    FROM after WHERE status = 'failure' OR odd OR how NOT IN ('network sign-in', 'kerberos', 'ntlm') GROUP BY incident, source, host, account, how, refused"""
_CALLS = f"""
    SELECT s.incident, f.source, r.dst_ip AS host, NULL AS account, {BY_CALL} AS how, FALSE AS refused, MIN(r.time) AS time, arg_min(r.uid, (r.time, r.uid)) AS uid, COUNT(*) AS times
    FROM scene AS s JOIN scene_from AS f USING (incident) JOIN rpc_activity AS r ON r.src_ip = f.ip AND {_WHEN} WHERE r.dst_ip <> r.src_ip AND how IS NOT NULL GROUP BY ALL"""
_CONNECTIONS = f"""
    SELECT s.incident, f.source, r.dst_ip AS host, NULL AS account, CASE r.dst_port {' '.join(f"WHEN {port} THEN '{how}'" for port, how in REMOTE_CONTROL.items())} END || ' (a connection)' AS how, NOT COALESCE(r.established, TRUE) AS refused,
        MIN(r.time) AS time, arg_min(r.uid, (r.time, r.uid)) AS uid, COUNT(*) AS times
    FROM scene AS s JOIN scene_from AS f USING (incident) JOIN network_activity AS r ON r.src_ip = f.ip AND {_WHEN} LEFT JOIN address AS x ON x.ip = r.dst_ip
    WHERE r.protocol = 'tcp' AND r.dst_port IN ({', '.join(map(str, REMOTE_CONTROL))}) AND r.dst_ip <> r.src_ip AND (x.internal OR f.stranger) GROUP BY ALL"""
_PROGRAMS = f"""
    WITH came AS (SELECT o.incident, lower(r.host) AS host, r.actor_user AS account, {BY_PROGRAM} AS how, r.time, r.uid FROM process_activity AS r JOIN scene_odd AS o USING (uid) WHERE r.operation = 'start' AND {BY_PROGRAM} IS NOT NULL)
    SELECT c.incident, COALESCE(a.src_ip, '') AS source, c.host, c.account, c.how, FALSE AS refused, MIN(c.time) AS time, arg_min(c.uid, (c.time, c.uid)) AS uid, COUNT(*) AS times
    FROM came AS c ASOF LEFT JOIN (SELECT lower(host) AS host, time, src_ip FROM authentication WHERE host IS NOT NULL AND src_ip IS NOT NULL AND src_ip NOT IN ('127.0.0.1', '::1') AND status = 'success') AS a ON a.host = c.host AND c.time >= a.time
    GROUP BY ALL"""
_CLOUD = f"""
    SELECT o.incident, COALESCE(i.machine, r.actor_session, r.actor_user) AS source, COALESCE('account ' || r.account, r.service) AS host, COALESCE(r.issuer, r.actor_user) AS account, 'cloud role' AS how, r.status = 'failure' AS refused,
        MIN(r.time) AS time, arg_min(r.uid, (r.time, r.uid)) AS uid, COUNT(*) AS times, arg_min(r.src_ip, (r.time, r.uid)) AS place
    FROM api_activity AS r JOIN scene_odd AS o USING (uid) LEFT JOIN scene_instance AS i ON i.incident = o.incident AND i.name = r.actor_user WHERE r.actor_type = 'AssumedRole' GROUP BY ALL
    UNION ALL SELECT o.incident, COALESCE(r.actor_session, r.actor_user), COALESCE(r.new_session, r.target_user, r.new_key), r.actor_user, 'token', FALSE, MIN(r.time), arg_min(r.uid, (r.time, r.uid)), COUNT(*), arg_min(r.src_ip, (r.time, r.uid))
    FROM api_activity AS r JOIN scene_odd AS o USING (uid) WHERE COALESCE(r.new_session, r.new_key) IS NOT NULL AND r.status IS DISTINCT FROM 'failure' GROUP BY ALL
    UNION ALL SELECT o.incident, COALESCE(r.actor_session, r.actor_user), r.resource, r.actor_user, 'management plane', r.status = 'failure', MIN(r.time), arg_min(r.uid, (r.time, r.uid)), COUNT(*), arg_min(r.src_ip, (r.time, r.uid))
    FROM api_activity AS r JOIN scene_odd AS o USING (uid) WHERE {MANAGED} AND r.resource IS NOT NULL GROUP BY ALL"""


def look(store: Store) -> list[Trace]:
    """The passages of every incident and what it tried in vain; a connection only where no other log tells of it."""
    store.execute(_FROM)
    rows = [r for statement in (_SIGN_INS, _CALLS, _PROGRAMS, _CLOUD, _CONNECTIONS) for r in store.rows(statement)]
    found: dict[str, list[Trace]] = {}
    for r in sorted(rows, key=lambda r: (r["time"], r["uid"], r["host"] or "", r["how"] or "")):
        if r["host"] and r["source"] != r["host"]:
            found.setdefault(r["incident"], []).append(_trace(r))
    return [t for traces in found.values() for t in _few(traces)]


def _few(traces: list[Trace]) -> list[Trace]:
    return [t for kind in ("passage", "tried") for t in [x for x in traces if x.kind == kind][:MOST]]


def _trace(r: dict[str, Any]) -> Trace:
    place = f"from {r['place']}" if r.get("place") else ""
    return Trace(r["incident"], r["time"], "tried" if r["refused"] else "passage", r["host"], r["source"] or "", r["account"] or "", r["how"] or "", place, r["uid"], times=int(r["times"]))
