"""A task is made under a name that belongs to the system."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

RUNS = r"cmd(\.exe)?\"? +/|powershell|pwsh|mshta|wscript|cscript|rundll32(\.exe)?\"? +([/-]\S+ +)*\"?([a-z]:|\\\\)|regsvr32|\\users\\|\\temp\\|\\programdata\\|https?:"

DETECTION = Detection(
    id="host.task_disguised",
    title="A task on {host} takes a name of the system's own, {called}, and will run: {command}",
    why="The folder \\Microsoft\\Windows of the task list is the system's. Its tasks are written by the servicing of the system, and run programs of the system; a shell that a person puts there is meant to be overlooked.",
    of=("process_activity", "job_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, CAST(NULL AS VARCHAR) AS process_guid, name AS called, substr(command, 1, 300) AS command FROM job_activity
        WHERE kind = 'task' AND operation IN ('create', 'change') AND regexp_matches(lower(name), '^\\\\microsoft\\\\windows\\\\') AND regexp_matches(lower(command), '{RUNS}')
            -- The shell keeps the jobs that people plan with it in a folder below the system's.
            AND NOT (regexp_matches(lower(name), '^\\\\microsoft\\\\windows\\\\powershell\\\\scheduledjobs\\\\') AND regexp_matches(lower(command), 'import-module psscheduledjob; \\$jobdef = \\[microsoft\\.powershell\\.scheduledjob\\.scheduledjobdefinition\\]::loadfromstore'))
            AND actor_user NOT LIKE '%$' AND NOT regexp_matches(lower(actor_user), '^s-1-5-(18|19|20)$|^nt authority|system$')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, regexp_extract(lower(command), '/tn +\"?([^ \"]+)', 1), substr(command, 1, 300) FROM process_activity
        WHERE operation = 'start' AND {name('process')} = 'schtasks.exe' AND regexp_matches(lower(command), '/create.*/tn +\"?\\\\?microsoft\\\\windows\\\\|/tn +\"?\\\\?microsoft\\\\windows\\\\.*/create') AND regexp_matches(lower(command), '/tr +.*({RUNS})')
            AND NOT regexp_matches(lower(COALESCE(parent, '')), '^[a-z]:\\\\windows\\\\.*\\\\(trustedinstaller|tiworker|msiexec)\\.exe$')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    techniques=("T1053.005", "T1036.004"),
    severity=4,
    blind_spots="A library that lies in the system's folder, and a job that the shell keeps for whoever planned it: a new task weighs there what it weighs elsewhere. A task that runs a program of the system's name from the system's folder.",
)
