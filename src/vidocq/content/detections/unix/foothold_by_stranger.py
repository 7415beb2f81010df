"""A program that hides, or an account that only serves, makes something start by itself."""

from vidocq.behaviour.unix import FOOTHOLDS, SERVICE_ACCOUNTS, technique_of_start
from vidocq.model.belief import Detection, Strength

HIDDEN = r"/\.[^/]+/[^/]+$|/\.[^/]+/\.[^/]+/|^/dev/shm/|/\.(local/share|cache|config|npm|vscode)/\S*/(bin/)?(node|python3?|perl|ruby|deno|bun)$"
"""A hidden folder, the memory's own, or a runtime below a folder of settings; an editor that is served from afar has a folder for that."""
RUN_THERE = r"[ ='\"](/tmp|/var/tmp|/dev/shm)/[^/ ]+[ '\";)]?|[ ='\"]/\S*/\.[^/ ]+/[^/ ]+[ '\";)]*(\||&|;|$)".replace("'", "''")
"""In a command that sets it: what is to start lies in an open or hidden folder."""
TABLE = r"crontab( -u \S+)? +/\S+ *$"
"""The table that is set lies there, not what it starts."""

DETECTION = Detection(
    id="unix.foothold_by_stranger",
    title="{kind} is set on {host} by {program}, which has no business with it: {what}",
    why="What the machine starts is set by its administrator and by packages. A program from a hidden folder, or the account of a web server, sets it for itself; an installer unpacks itself where everybody sees it.",
    of=("file_activity", "process_activity"),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, process_guid, kind, process AS program, arg_min(what, (time, uid)) AS what, [{technique_of_start('kind')}] AS techniques
        FROM ({FOOTHOLDS}) WHERE kind IS NOT NULL AND (regexp_matches(process, '{HIDDEN}') OR regexp_matches(what, '{RUN_THERE}') AND NOT regexp_matches(what, '{TABLE}') OR lower(actor_user) IN ({SERVICE_ACCOUNTS})
            -- Its business, or that of who keeps it: a server of repositories keeps its people's keys, a database's and a build server's account are signed in to, and their tables edited.
            AND NOT (kind = 'a key to sign in with' AND lower(actor_user) IN ('git', 'gitlab')) AND NOT (kind = 'a planned job' AND lower(actor_user) IN ('postgres', 'mysql', 'jenkins', 'git', 'gitlab') AND process = '/usr/bin/crontab'))
        GROUP BY host, actor_user, process_guid, process, kind, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, kind
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    severity=4,
    facet="a foothold is set",
    blind_spots="Self-unpacking installers; a build account that sets its own timetable.",
)
