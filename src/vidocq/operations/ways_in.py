"""How each machine of an incident was entered: its first odd start, and what each way in shows just before it.

No signature is asked for: what counts is the order of things, what the start descends from, and whether a log would have told.
"""

from __future__ import annotations

from typing import Any

from vidocq.behaviour.programs import name
from vidocq.behaviour.unix import kind_of_start
from vidocq.behaviour.ways_in import APPLICATION, AUTOSTART_KEYS, ITSELF, MANAGED, MANAGEMENT, PLANES, REMOTE_CONTROL, SIGN_IN, STOLEN, door
from vidocq.engine.trace import Trace
from vidocq.store.duckdb import Store

PAUSE_M = 30
"""Odd starts so many minutes after the last are a wave of their own: somebody, or something, came again."""
WAVES = 6
JUST_S, SETTLED_S = 60, 2
"""A request is answered within the minute. A server's own log writes it down when it is done, by the second: the start may stand before it."""
SESSION_M = 10
"""A person who signs in, or a command that is sent, does something within minutes."""
LONG_H = 12
"""Unless the start descends from a session: then it is the last that was opened in half a day."""
GUESSES = 3

_WAVES = f"""
    CREATE OR REPLACE TEMP TABLE scene_wave AS
    WITH named AS (
        SELECT o.incident, h.machine, p.time, p.uid, p.process_guid, p.process, p.parent, p.actor_user, p.command FROM process_activity AS p JOIN scene_odd AS o USING (uid)
            JOIN scene_host AS h ON h.incident = o.incident AND h.name = lower(p.host) WHERE p.operation = 'start'
    ), apart AS (SELECT *, LAG(time) OVER (PARTITION BY incident, machine ORDER BY time, uid) AS before FROM named),
    begun AS (
        SELECT * FROM apart WHERE before IS NULL OR time - before > INTERVAL {PAUSE_M} MINUTE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY incident, machine ORDER BY time, uid) <= {WAVES}
    ), chain AS (
        SELECT incident, machine, uid AS wave, time AS until, 0 AS depth, time, uid, process, parent, actor_user, command FROM begun
        UNION ALL SELECT b.incident, b.machine, b.uid, b.time, t.depth, p.time, p.uid, p.process, p.parent, p.actor_user, p.command FROM begun AS b
            JOIN process_tree AS t ON t.descendant_guid = b.process_guid JOIN process_activity AS p ON p.process_guid = t.ancestor_guid AND p.operation = 'start' AND p.time <= b.time
    ), doors AS (
        SELECT incident, machine, wave, MIN(depth) AS depth, arg_min(door, (depth, time, uid)) AS door, arg_min(parent, (depth, time, uid)) AS parent
        FROM (
            SELECT *, {door('parent', "COALESCE(actor_user, '')")} AS door FROM chain
            -- What serves a session may itself be what is odd.
            UNION ALL SELECT incident, machine, wave, until, -1, time, uid, process, process, actor_user, command, {door('process', "''")} AS door FROM chain WHERE depth = 0 AND door = '{SIGN_IN}'
        ) WHERE door IS NOT NULL GROUP BY ALL
    )
    -- What a server was made to start first stands above what raised the alarm, as long as it is of the same minute.
    SELECT c.incident, c.machine, c.time, c.uid, c.actor_user AS account, d.door, {name('COALESCE(d.parent, c.parent)')} AS parent, substr(COALESCE(c.command, c.process), 1, 300) AS what
    FROM chain AS c LEFT JOIN doors AS d USING (incident, machine, wave) WHERE c.depth <= GREATEST(COALESCE(d.depth, 0), 0) AND c.time >= c.until - INTERVAL {JUST_S} SECOND
    QUALIFY ROW_NUMBER() OVER (PARTITION BY c.incident, c.machine, c.wave ORDER BY c.depth DESC, c.time, c.uid) = 1"""

_AT = "a.incident = w.incident AND a.machine = w.machine AND (a.day IS NULL OR abs(date_diff('day', a.day, CAST({0}.time AS DATE))) <= 1)"
_CAME = f"""
    WITH near AS (
        SELECT w.incident, w.machine, w.door, w.uid AS of, w.time AS began, r.time, r.uid, r.src_ip, concat_ws(' ', r.method, r.host, r.url, r.status_code) AS what, 0 AS rank FROM scene_wave AS w
            JOIN http_activity AS r ON r.time BETWEEN w.time - INTERVAL {JUST_S} SECOND AND w.time JOIN scene_address AS a ON a.ip = r.dst_ip AND {_AT.format('r')}
        UNION ALL SELECT w.incident, w.machine, w.door, w.uid, w.time, r.time, r.uid, r.src_ip, concat_ws(' ', r.method, r.host, r.url, r.status_code, '(a web log that names no machine)'), 2 FROM scene_wave AS w
            JOIN http_activity AS r ON r.dst_ip IS NULL AND r.src_ip IS NOT NULL AND r.time BETWEEN w.time - INTERVAL {JUST_S} SECOND AND w.time + INTERVAL {SETTLED_S} SECOND
        UNION ALL SELECT w.incident, w.machine, w.door, w.uid, w.time, r.time, r.uid, r.src_ip, concat_ws(' ', 'connection to port', r.dst_port, r.app), 1 FROM scene_wave AS w
            JOIN network_activity AS r ON r.time BETWEEN w.time - INTERVAL 1 HOUR AND w.time AND (r.time >= w.time - INTERVAL {JUST_S} SECOND OR epoch(w.time) - epoch(r.time) <= r.duration)
                AND r.protocol = 'tcp' AND COALESCE(r.established, TRUE) AND r.src_ip IS NOT NULL AND r.dst_port NOT IN ({', '.join(map(str, REMOTE_CONTROL))}) AND (r.dst_port < 32768 OR r.src_port >= 32768)
            JOIN scene_address AS a ON a.ip = r.dst_ip AND {_AT.format('r')}
    )
    SELECT n.*, s.ip IS NOT NULL AS known, COUNT(*) OVER (PARTITION BY n.incident, n.machine, n.of) AS times FROM near AS n
        LEFT JOIN scene_stranger AS s ON s.incident = n.incident AND s.ip = n.src_ip LEFT JOIN address AS x ON x.ip = n.src_ip
    -- Machines of ours talk to one another all day: only of a server's child is that worth telling.
    WHERE (COALESCE(n.door, '') = '{APPLICATION}' OR s.ip IS NOT NULL OR x.internal IS FALSE AND n.rank < 2) AND n.src_ip NOT IN (SELECT a.ip FROM scene_address AS a WHERE a.incident = n.incident AND a.machine = n.machine)
    -- Of several the one from an address that the incident names, then one from outside, then the last.
    QUALIFY ROW_NUMBER() OVER (PARTITION BY n.incident, n.machine, n.of ORDER BY s.ip IS NULL, COALESCE(x.internal, FALSE), n.rank, n.time DESC, n.uid) = 1"""



def _bare(account: str) -> str:
    """SQL: an account without its domain."""
    return f"lower(regexp_extract({account}, '^(?:.*\\\\)?([^@/]*)', 1))"


_SIGNED = f"""
    CREATE OR REPLACE TEMP TABLE scene_signed AS
    WITH near AS (
        SELECT w.incident, w.machine, w.uid AS of, w.time AS began, w.account, w.door, r.time, r.uid, r.src_ip, r.actor_user, r.service, r.method FROM scene_wave AS w
            JOIN authentication AS r ON r.time BETWEEN w.time - INTERVAL {LONG_H} HOUR AND w.time AND r.src_ip IS NOT NULL AND COALESCE(r.status, 'success') = 'success' AND r.src_ip NOT IN ('127.0.0.1', '::1')
            JOIN scene_host AS h ON h.incident = w.incident AND h.machine = w.machine AND h.name = lower(r.host)
        UNION ALL SELECT w.incident, w.machine, w.uid, w.time, w.account, w.door, r.time, r.uid, r.src_ip, r.actor_user, r.service, r.method FROM scene_wave AS w
            JOIN authentication AS r ON r.time BETWEEN w.time - INTERVAL {LONG_H} HOUR AND w.time AND r.src_ip IS NOT NULL AND r.status = 'success' AND r.host IS NULL JOIN scene_address AS a ON a.ip = r.dst_ip AND {_AT.format('r')}
    )
    SELECT *, COUNT(*) OVER (PARTITION BY incident, machine, of) AS times FROM near
    WHERE COALESCE(actor_user, '') NOT LIKE '%$%' AND (door = '{SIGN_IN}' OR time >= began - INTERVAL {SESSION_M} MINUTE AND ({_bare('actor_user')} = {_bare('account')} OR regexp_matches(lower(account), '[$]$|system$|^root$|^$') OR actor_user IS NULL))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY incident, machine, of ORDER BY {_bare('actor_user')} IS DISTINCT FROM {_bare('account')}, actor_user IS NULL, time DESC, uid) = 1"""
_STOLEN = f"""
    WITH told AS (
        SELECT s.incident, s.machine, s.of, s.time, s.uid, s.src_ip, s.actor_user,
            COUNT(*) FILTER (r.status = 'failure' AND r.src_ip = s.src_ip AND r.time >= s.time - INTERVAL 1 HOUR) AS refused,
            COUNT(*) FILTER (r.status = 'success' AND r.src_ip = s.src_ip) AS before, MIN(r.time) FILTER (r.status = 'success') AS since
        FROM scene_signed AS s JOIN authentication AS r ON r.actor_user = s.actor_user AND r.time < s.time GROUP BY ALL
    )
    SELECT *, CASE WHEN refused >= {GUESSES} THEN 'after ' || refused || ' refused attempts from there within the hour' ELSE 'an address that the account had not come from in ' || date_diff('day', since, time) || ' days' END AS what
    FROM told WHERE refused >= {GUESSES} OR (before = 0 AND since < time - INTERVAL 1 DAY)"""
_COMMANDED = f"""
    WITH named AS (SELECT incident, machine, name FROM scene_instance UNION SELECT incident, machine, name FROM scene_host WHERE length(name) > 3)
    SELECT w.incident, w.machine, w.uid AS of, r.time, r.uid, r.actor_user, r.src_ip, concat_ws(' ', r.service || ':' || r.operation, r.resource) AS what, COUNT(*) OVER (PARTITION BY w.incident, w.machine, w.uid) AS times
    FROM scene_wave AS w JOIN api_activity AS r ON r.time BETWEEN w.time - INTERVAL {SESSION_M} MINUTE AND w.time AND {MANAGED} AND r.status IS DISTINCT FROM 'failure'
        JOIN named AS n ON n.incident = w.incident AND n.machine = w.machine AND contains(lower(concat_ws(' ', r.resource, r.detail)), lower(n.name))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY w.incident, w.machine, w.uid ORDER BY r.time DESC, r.uid) = 1"""

_HEARD = f"""
    WITH here AS (
        SELECT DISTINCT h.incident, h.machine, p.source FROM scene_host AS h JOIN (SELECT DISTINCT lower(host) AS host, source FROM process_activity UNION SELECT DISTINCT lower(host), source FROM authentication UNION SELECT DISTINCT lower(host), source FROM base_event) AS p ON p.host = h.name
    ), tells AS (SELECT DISTINCT source FROM authentication WHERE host IS NOT NULL), reached AS (
        SELECT DISTINCT dst_ip AS ip, CAST(time AS DATE) AS day FROM network_activity WHERE dst_ip IN (SELECT ip FROM scene_address) UNION SELECT DISTINCT dst_ip, CAST(time AS DATE) FROM http_activity WHERE dst_ip IN (SELECT ip FROM scene_address)
    )
    SELECT w.incident, w.machine, w.uid AS of, w.time, '{APPLICATION}' AS way FROM scene_wave AS w WHERE EXISTS (SELECT 1 FROM scene_address AS a JOIN reached AS r USING (ip) WHERE a.incident = w.incident AND a.machine = w.machine AND abs(date_diff('day', r.day, CAST(w.time AS DATE))) <= 1)
        OR EXISTS (SELECT 1 FROM http_activity AS r WHERE r.dst_ip IS NULL AND r.time BETWEEN w.time - INTERVAL 1 HOUR AND w.time + INTERVAL 1 HOUR)
    UNION ALL SELECT w.incident, w.machine, w.uid, w.time, way FROM scene_wave AS w JOIN (SELECT DISTINCT incident, machine FROM here JOIN tells USING (source)) USING (incident, machine), (VALUES ('{SIGN_IN}'), ('{STOLEN}')) AS t(way)
    UNION ALL SELECT w.incident, w.machine, w.uid, w.time, '{MANAGEMENT}' FROM scene_wave AS w WHERE EXISTS (SELECT 1 FROM api_activity AS r WHERE r.source IN ({PLANES}) AND r.time BETWEEN w.time - INTERVAL 1 HOUR AND w.time + INTERVAL 1 HOUR)
    UNION ALL SELECT w.incident, w.machine, w.uid, w.time, '{ITSELF}' FROM scene_wave AS w JOIN (
        SELECT DISTINCT h.incident, h.machine FROM scene_host AS h JOIN (
            SELECT DISTINCT lower(host) AS host FROM file_activity WHERE {kind_of_start('file_name')} IS NOT NULL UNION SELECT DISTINCT lower(host) FROM registry_activity WHERE regexp_matches(path, '{AUTOSTART_KEYS}')) AS f ON f.host = h.name) USING (incident, machine)"""


def look(store: Store) -> list[Trace]:
    """The waves of every incident, and beside each what the ways in show and which of them a log would have told of."""
    store.execute(_WAVES)
    store.execute(_SIGNED)
    found = [Trace(r["incident"], r["time"], "wave", r["machine"], r["parent"] or "", r["account"] or "", r["door"] or "", r["what"] or "", r["uid"]) for r in store.rows("SELECT * FROM scene_wave")]
    found += [_rival(r, APPLICATION, r["src_ip"], "", r["what"] or "") for r in store.rows(_CAME)]
    found += [_rival(r, SIGN_IN, r["src_ip"], r["actor_user"], " ".join(filter(None, (r["service"], r["method"])))) for r in store.rows("SELECT * FROM scene_signed")]
    found += [_rival({**r, "times": 1}, STOLEN, r["src_ip"], r["actor_user"], r["what"]) for r in store.rows(_STOLEN)]
    found += [_rival(r, MANAGEMENT, r["src_ip"] or "", r["actor_user"], r["what"]) for r in store.rows(_COMMANDED)]
    return found + [Trace(r["incident"], r["time"], "heard", r["machine"], how=r["way"], of=r["of"]) for r in store.rows(_HEARD)]


def _rival(r: dict[str, Any], way: str, source: str, account: str | None, what: str) -> Trace:
    return Trace(r["incident"], r["time"], "rival", r["machine"], source, account or "", way, what[:300], r["uid"], r["of"], int(r["times"]))
