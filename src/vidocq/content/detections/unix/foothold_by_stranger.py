"""A program that was laid down, or an account that only serves, makes something start by itself."""

from vidocq.behaviour.unix import FOOTHOLDS, SERVICE_ACCOUNTS, laid_down, technique_of_start
from vidocq.model.belief import Detection, Strength

RUN_THERE = r"[ ='\"](/tmp|/var/tmp|/dev/shm)/[^/ ]+[ '\";)]?|[ ='\"]/\S*/\.[^/ ]+/[^/ ]+[ '\";)]*(\||&|;|$)".replace("'", "''")
"""In a command that sets it: what is to start lies in an open or hidden folder."""

DETECTION = Detection(
    id="unix.foothold_by_stranger",
    title="{kind} is set on {host} by {program}, which has no business with it: {what}",
    why="What the machine starts is set by its administrator and by packages. A program from an open or hidden folder, or the account of a web server, sets it for itself.",
    of=(),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, process_guid, kind, process AS program, arg_min(what, (time, uid)) AS what, [{technique_of_start('kind')}] AS techniques
        FROM ({FOOTHOLDS}) WHERE kind IS NOT NULL AND ({laid_down('process')} OR regexp_matches(what, '{RUN_THERE}') OR lower(actor_user) IN ({SERVICE_ACCOUNTS}))
        GROUP BY host, actor_user, process_guid, process, kind, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, kind
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    severity=4,
    blind_spots="Self-unpacking installers; a build account that sets its own timetable.",
)
