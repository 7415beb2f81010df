"""Who started whom: names processes whose log gives them none, and writes down every line of descent.

Sysmon names each process for good. Security 4688, audit logs of Linux and others know it by its number only, which is given to another process once
it ends. A number means the process that was last started under it on that machine, unless that one has ended, or its program is another.
"""

from __future__ import annotations

from collections.abc import Callable

from vidocq.behaviour.programs import name
from vidocq.engine.ask import quote
from vidocq.store.duckdb import Store

GENERATIONS = 8
"""How far back a line of descent is followed: longer than any that people or programs make, so that a made-up one costs no more."""
TWIN_S = 2
"""Two logs of a machine tell of one start within so many seconds."""

_PARTS = (
    # (class, part, its number, its name, its program)
    ("process_activity", "process", "pid", "process_guid", "process"),
    ("process_activity", "parent", "parent_pid", "parent_guid", "parent"),
    ("module_activity", "process", "pid", "process_guid", "process"),
    ("registry_activity", "process", "pid", "process_guid", "process"),
    ("file_activity", "process", "pid", "process_guid", "process"),
    ("script_activity", "process", "pid", "process_guid", "interpreter"),
    ("network_activity", "process", "pid", "process_guid", "process"),
    ("dns_activity", "process", "pid", "process_guid", "process"),
)
"""Where an event says a process by its number, and by its name if it has one."""

_WAS = "LEFT JOIN derived_guid AS d ON d.class = '{table}' AND d.part = '{part}' AND d.uid = t.uid AND d.digest = t.digest"
_NAMED = "LEFT JOIN derived_guid AS p ON p.class = 'process_activity' AND p.part = 'program' AND p.uid = t.uid AND p.digest = t.digest"
"""Beside a start: was the program that started it worked out here? Then it is no word of the log's, and decides nothing."""


def derive(store: Store) -> None:
    """Every process that can be told has a name, and `process_tree` and `descendant_activity` hold who descends from whom and what they did.

    All is worked out from what the logs themselves say, whatever was worked out before: it does not matter in how many runs they were read.
    """
    if not store.count("process_activity"):
        return
    with store.together():
        if _nameless(store):
            machine = _machine(store)
            _starts(store, machine)
            for part in _PARTS:
                _told(store, machine, *part)
            changed = sum(_write(store, *part) for part in _PARTS) + _parents(store, machine)
            if changed:
                # What the store keeps of its tables goes by their size, which is the same.
                store.execute("DELETE FROM kept")
        _tree(store)
        _activity(store)


def _nameless(store: Store) -> bool:
    """Does any event know a process by its number alone, or was any named here before?"""
    alone = " UNION ALL ".join(f'(SELECT 1 FROM "{table}" WHERE host IS NOT NULL AND {pid} IS NOT NULL AND {guid} IS NULL LIMIT 1)' for table, _, pid, guid, _ in _PARTS)
    return bool(store.rows("SELECT 1 AS n FROM derived_guid LIMIT 1") or store.rows(f"SELECT 1 AS n FROM ({alone}) LIMIT 1"))


Named = Callable[[str], str]
"""SQL of a column of hosts, as the machine's one name."""


def _machine(store: Store) -> Named:
    """One sensor gives a machine its name with the domain, another without: both are one, where one machine alone begins so."""
    rows = store.rows("""WITH hosts AS (SELECT DISTINCT host FROM process_activity WHERE host IS NOT NULL),
        longs AS (SELECT split_part(host, '.', 1) AS short, MIN(host) AS long FROM hosts WHERE host LIKE '%.%' AND NOT regexp_matches(host, '^[0-9.]+$') GROUP BY ALL HAVING COUNT(*) = 1)
        SELECT l.long, l.short FROM longs AS l JOIN hosts AS h ON h.host = l.short ORDER BY l.long""")
    if not rows:
        return lambda column: column
    names = "MAP {" + ", ".join(f"{quote(r['long'])}: {quote(r['short'])}" for r in rows) + "}"
    return lambda column: f"COALESCE({names}[{column}], {column})"


def _starts(store: Store, machine: Named) -> None:
    """Every start with its name: its own, that of the same start in another log, or one made of machine, number and moment."""
    was = _WAS.format(table="process_activity", part="process")
    store.execute(f"""CREATE OR REPLACE TEMP TABLE lineage_start AS
        WITH begun AS (SELECT DISTINCT {machine('t.host')} AS host, t.pid, t.time, t.process, CASE WHEN d.uid IS NULL THEN t.process_guid END AS own
                FROM process_activity AS t {was} WHERE t.operation = 'start' AND t.host IS NOT NULL AND t.pid IS NOT NULL),
            twin AS (SELECT b.host, b.pid, b.time, b.process, FIRST(o.own ORDER BY abs(epoch_us(o.time) - epoch_us(b.time)), o.time, o.own) AS own
                FROM begun AS b JOIN begun AS o ON o.host = b.host AND o.pid = b.pid AND {name('o.process')} = {name('b.process')} AND o.own IS NOT NULL
                    AND o.time BETWEEN b.time - INTERVAL {TWIN_S} SECOND AND b.time + INTERVAL {TWIN_S} SECOND
                WHERE b.own IS NULL GROUP BY ALL)
        SELECT b.host, b.pid, b.time, b.process, b.own, COALESCE(b.own, w.own, b.host || ':' || b.pid || ':' || epoch_us(b.time)) AS guid
        FROM begun AS b LEFT JOIN twin AS w ON b.own IS NULL AND w.host = b.host AND w.pid = b.pid AND w.time = b.time AND w.process IS NOT DISTINCT FROM b.process""")
    # Two starts under one number at one moment cannot be: whoever wrote that is believed once.
    store.execute("""CREATE OR REPLACE TEMP TABLE lineage_moment AS
        SELECT host, pid, time, MIN(guid) AS guid, FIRST(process ORDER BY guid, process) AS process FROM lineage_start GROUP BY host, pid, time""")
    store.execute(f"CREATE OR REPLACE TEMP TABLE lineage_end AS SELECT DISTINCT {machine('host')} AS host, pid, time FROM process_activity WHERE operation = 'exit' AND host IS NOT NULL AND pid IS NOT NULL")


def _told(store: Store, machine: Named, table: str, part: str, pid: str, guid: str, program: str) -> None:
    """A table of the events that give this part no name of its own, with the name it has: NULL where nobody can tell."""
    was = _WAS.format(table=table, part=part)
    started = part == "process" and table == "process_activity"
    said, named = (f"CASE WHEN p.uid IS NULL THEN t.{program} END", _NAMED) if part == "parent" else (f"t.{program}", "")
    store.execute(f"""CREATE OR REPLACE TEMP TABLE lineage_open AS
        SELECT t.rowid AS id, t.uid, t.digest, {machine('t.host')} AS host, t.{pid} AS pid, t.time, {said} AS program, t.{guid} AS now, {"t.pid" if part == "parent" else "NULL::BIGINT"} AS child,
            {"t.operation = 'start'" if table == "process_activity" else "FALSE"} AS begins
        FROM "{table}" AS t {was} {named} WHERE t.host IS NOT NULL AND t.{pid} IS NOT NULL AND (t.{guid} IS NULL OR d.uid IS NOT NULL)""")
    # A start is its own moment; whoever started it began before. At one moment only one that nobody of that moment started: so nobody is his own forefather.
    at_once = f"""SELECT o.id, m.guid, m.process FROM lineage_open AS o JOIN lineage_moment AS m ON m.host = o.host AND m.pid = o.pid AND m.time = o.time
        WHERE o.begins AND o.pid <> o.child AND NOT EXISTS (SELECT 1 FROM process_activity AS p JOIN lineage_moment AS q ON q.host = {machine('p.host')} AND q.pid = p.parent_pid AND q.time = p.time
            WHERE p.operation = 'start' AND {machine('p.host')} = m.host AND p.pid = m.pid AND p.time = m.time AND p.parent_pid <> p.pid)"""
    own = "SELECT o.id, s.guid, s.process FROM lineage_open AS o JOIN lineage_start AS s ON s.host = o.host AND s.pid = o.pid AND s.time = o.time AND s.process IS NOT DISTINCT FROM o.program AND s.own IS NULL WHERE o.begins"
    before = f"""SELECT o.id, m.guid, m.process, m.time AS began, o.host, o.pid, o.time FROM lineage_open AS o ASOF JOIN lineage_moment AS m
        ON m.host = o.host AND m.pid = o.pid AND CASE WHEN o.begins THEN o.time - INTERVAL 1 MICROSECOND ELSE o.time END >= m.time {"WHERE NOT o.begins" if started else ""}"""
    store.execute(f"""CREATE OR REPLACE TEMP TABLE lineage_{table}_{part} AS
        WITH before AS ({before}), alive AS (SELECT b.id, b.guid, b.process FROM before AS b ASOF LEFT JOIN lineage_end AS e ON e.host = b.host AND e.pid = b.pid AND b.time > e.time WHERE e.time IS NULL OR e.time <= b.began),
            found AS (SELECT *, 2 AS place FROM alive UNION ALL SELECT *, 1 FROM ({own if started else at_once})),
            one AS (SELECT id, FIRST(guid ORDER BY place, guid) AS guid, FIRST(process ORDER BY place, guid) AS process FROM found GROUP BY id)
        SELECT o.id, o.uid, o.digest, o.now, CASE WHEN {_same('o.program', 'n.process')} THEN n.guid END AS told FROM lineage_open AS o LEFT JOIN one AS n USING (id)""")


def _same(one: str, other: str) -> str:
    """Whether two say the same program, as far as both are paths: a number may long be another's."""
    path = "regexp_matches({}, '[\\\\/]')"
    return f"COALESCE(NOT ({path.format(one)} AND {path.format(other)} AND {name(one)} <> {name(other)}), TRUE)"


def _write(store: Store, table: str, part: str, pid: str, guid: str, program: str) -> int:
    """Put the names into the events, and remember which are not the log's own; returns how many are others than before."""
    found = f"lineage_{table}_{part}"
    [changed] = store.rows(f"SELECT COUNT(*) AS n FROM {found} WHERE now IS DISTINCT FROM told")
    if changed["n"]:
        store.execute(f'UPDATE "{table}" SET {guid} = f.told FROM {found} AS f WHERE "{table}".rowid = f.id AND f.now IS DISTINCT FROM f.told')
        store.execute(f"DELETE FROM derived_guid WHERE class = '{table}' AND part = '{part}'")
        store.execute(f"INSERT INTO derived_guid SELECT DISTINCT '{table}', '{part}', uid, digest FROM {found} WHERE told IS NOT NULL")
    store.execute(f"DROP TABLE {found}")
    return int(changed["n"])


def _parents(store: Store, machine: Named) -> int:
    """Says what program started another, where the log gives its number alone: what was last started under it, else what other events say ran under it
    in the day before; returns how many are others than before."""
    others = " UNION ALL ".join(f'SELECT {machine("host")} AS host, pid, time, process FROM "{t}" WHERE host IS NOT NULL AND pid IS NOT NULL AND process IS NOT NULL' for t in ("network_activity", "file_activity", "dns_activity"))
    store.execute(f"""CREATE OR REPLACE TEMP TABLE lineage_parent AS
        WITH open AS (SELECT t.rowid AS id, t.uid, t.digest, {machine('t.host')} AS host, t.parent_pid, t.parent_guid, t.time, t.parent AS now, t.parent_command AS now_command FROM process_activity AS t {_WAS.format(table="process_activity", part="program")}
                WHERE t.operation = 'start' AND t.host IS NOT NULL AND t.parent_pid IS NOT NULL AND (t.parent IS NULL OR d.uid IS NOT NULL)),
            begun AS (SELECT process_guid AS guid, FIRST(process ORDER BY time, uid) AS process, FIRST(command ORDER BY time, uid) AS command FROM process_activity WHERE operation = 'start' AND process_guid IS NOT NULL GROUP BY process_guid),
            said AS ({others}),
            seen AS (SELECT o.id, s.process FROM open AS o ASOF JOIN said AS s ON s.host = o.host AND s.pid = o.parent_pid AND o.time >= s.time WHERE o.parent_guid IS NULL AND s.time >= o.time - INTERVAL 1 DAY)
        SELECT o.*, COALESCE(b.process, s.process) AS told, b.command AS told_command FROM open AS o LEFT JOIN begun AS b ON b.guid = o.parent_guid LEFT JOIN seen AS s ON s.id = o.id""")
    [changed] = store.rows("SELECT COUNT(*) AS n FROM lineage_parent WHERE now IS DISTINCT FROM told OR now_command IS DISTINCT FROM told_command")
    if changed["n"]:
        store.execute("UPDATE process_activity SET parent = p.told, parent_command = p.told_command FROM lineage_parent AS p WHERE process_activity.rowid = p.id")
        store.execute("DELETE FROM derived_guid WHERE class = 'process_activity' AND part = 'program'")
        store.execute("INSERT INTO derived_guid SELECT DISTINCT 'process_activity', 'program', uid, digest FROM lineage_parent WHERE told IS NOT NULL")
    return int(changed["n"])


def _tree(store: Store) -> None:
    """Every ancestor of every process, to a depth. A process began after whoever started it: what says otherwise is no descent."""
    store.execute("DELETE FROM process_tree")
    store.execute(f"""INSERT INTO process_tree
        WITH RECURSIVE begun AS (SELECT process_guid AS guid, MIN(time) AS time, FIRST(parent_guid ORDER BY parent_guid IS NULL, time, parent_guid) AS parent
                FROM process_activity WHERE operation = 'start' AND process_guid IS NOT NULL GROUP BY process_guid),
            known AS (SELECT b.guid, b.parent, p.time = b.time AS at_once FROM begun AS b LEFT JOIN begun AS p ON p.guid = b.parent
                WHERE b.parent <> b.guid AND (p.time IS NULL OR p.time <= b.time)),
            edge AS (SELECT k.guid, k.parent FROM known AS k LEFT JOIN known AS p ON p.guid = k.parent WHERE NOT COALESCE(k.at_once AND p.at_once, FALSE)),
            line AS (SELECT parent AS ancestor, guid, 1 AS depth FROM edge
                UNION ALL SELECT e.parent, l.guid, l.depth + 1 FROM line AS l JOIN edge AS e ON e.guid = l.ancestor WHERE l.depth < {GENERATIONS})
        SELECT ancestor, guid, depth FROM line""")


def _activity(store: Store) -> None:
    """What descendants did, a row for each of their ancestors: what they started, reached into, and spoke with."""
    store.execute("DELETE FROM descendant_activity")
    store.execute("""INSERT INTO descendant_activity BY NAME
        WITH did AS (
            SELECT time, uid, source, digest, process_guid AS guid, host, actor_user, process, operation, substr(COALESCE(command, process), 1, 300) AS what FROM process_activity WHERE operation = 'start'
            UNION ALL SELECT time, uid, source, digest, parent_guid, host, actor_user, parent, operation, process FROM process_activity WHERE operation IN ('open', 'inject')
            UNION ALL SELECT time, uid, source, digest, process_guid, host, actor_user, process, 'connect', dst_ip || ':' || dst_port FROM network_activity WHERE process_guid IS NOT NULL)
        SELECT d.time, d.uid, d.source, d.digest, t.ancestor_guid, d.guid AS process_guid, t.depth, d.host, d.actor_user, d.process, d.operation, d.what
        FROM did AS d JOIN process_tree AS t ON t.descendant_guid = d.guid""")
