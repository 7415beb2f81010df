"""A task, a service or a subscription is made that will run a command."""

from vidocq.behaviour.programs import dropped, interpreted, name
from vidocq.model.belief import Detection, Strength

BY_COMMAND = r"schtasks.* /create|^\"?(c:\\windows\\system32\\)?at(\.exe)?\"? +.*[0-9]:[0-9]|sc(\.exe)?\"? +(\\\\\S+ +)?create .*binpath|new-service |register-scheduledtask|wmic.*__eventfilter"

DETECTION = Detection(
    id="host.planned_command",
    title="A {kind} on {host} will run: {command}",
    why="Tasks and services run with the system's rights, at a time when nobody watches. One that starts a shell, a script or a file from a user's folder was not made by an installer.",
    of=("process_activity", "job_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, CAST(NULL AS VARCHAR) AS process_guid, kind, name AS called, substr(command, 1, 300) AS command,
            CASE kind WHEN 'task' THEN ['T1053.005'] WHEN 'service' THEN ['T1543.003', 'T1569.002'] ELSE ['T1546.003'] END AS techniques
        FROM job_activity WHERE operation IN ('create', 'change') AND ({interpreted('command')} OR {dropped('command')} OR kind = 'subscription') AND NOT regexp_matches(lower(command), '^"?c:\\\\program files')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, 'task', {name('process')}, substr(command, 1, 300), CASE WHEN lower(command) LIKE '%wmic%' THEN ['T1546.003'] WHEN lower(command) LIKE '%service%' OR regexp_matches(lower(command), '^"?(\\S*\\\\)?sc') THEN ['T1543.003'] ELSE ['T1053.005'] END
        FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{BY_COMMAND}') AND NOT regexp_matches(lower(command), 'schtasks.* -xml ')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.TELLING, "lateral_movement": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    facet="a foothold is set",
    blind_spots="A service that replaces the file of another; tasks written to disk past the scheduler.",
)
