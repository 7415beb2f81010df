"""A program of an ordinary user has one run as the system, or lays a trap for the system's rights."""

from vidocq.behaviour.programs import PLACES, dropped, name
from vidocq.model.belief import Detection, Strength

ORDINARY = r"^[^\\]+\\[^$]+$"
"""A person's account, or a service's own; the system's accounts and those of the desktop's windows are told apart below."""

DETECTION = Detection(
    id="host.rights_of_the_system",
    title="{program} on {host} takes the rights of the system: {command}",
    why="The system starts programs for people, never the other way round. Where a person's or a server's program has one run as the system, or opens a pipe under the name of a service of the system, its rights were stolen.",
    of=("file_activity", "process_activity"),
    sql=f"""
        SELECT c.time, [c.uid, p.uid] AS events, c.host, c.actor_user, c.process_guid, {name('c.process')} AS program, {name('c.parent')} AS parent, substr(c.command, 1, 300) AS command, ['T1134', 'T1068'] AS techniques FROM process_activity AS c
            JOIN process_activity AS p ON p.process_guid = c.parent_guid AND p.host = c.host AND p.operation = 'start' AND p.time <= c.time
        WHERE c.operation = 'start' AND lower(c.actor_user) LIKE 'nt authority%system' AND regexp_matches(lower(p.actor_user), '{ORDINARY}') AND NOT regexp_matches(lower(p.actor_user), '^(nt authority|window manager|font driver host)\\\\')
        UNION ALL SELECT time, [uid], host, NULL, NULL, {name('process')}, NULL, file_name, ['T1134.001'] FROM file_activity
        WHERE protocol = 'pipe' AND operation = 'create' AND regexp_matches(lower(file_name), '(^|\\\\)(spoolss|srvsvc|lsarpc|samr|efsrpc)$|\\\\pipe\\\\') AND {dropped('process')}
        ORDER BY time
    """,
    entities=PLACES,
    suggests={"privilege_escalation": Strength.DAMNING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    techniques=("T1134",),
    severity=4,
    blind_spots="Systems in another language, whose accounts go by other names; a fault in a driver.",
)
