"""A task, a service or a subscription will run a command that hides what it runs."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

HIDDEN = r"-e(nc|ncodedcommand)? +[a-z0-9+/=]{40,}|frombase64string|\biex\b|invoke-expression|downloadstring|mshta.*https?:|javascript:|echo .*\\pipe\\|\\globalroot|/dev/tcp/|base64 +-d"

ONLY_A_SHELL = r"^\"?(\S*\\)?(cmd|powershell)(\.exe)?\"?$|%comspec%"
"""A service that is a shell and nothing else: somebody elsewhere types into it."""

DETECTION = Detection(
    id="host.hidden_plan",
    title="A {kind} on {host} will run what its command hides: {command}",
    why="An administrator's task says what it does. One that runs encoded, hidden or fetched code, again and again and with the system's rights, is a foothold.",
    of=("process_activity", "job_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, CAST(NULL AS VARCHAR) AS process_guid, kind, substr(command, 1, 300) AS command, CASE kind WHEN 'task' THEN ['T1053.005'] WHEN 'service' THEN ['T1543.003', 'T1569.002'] ELSE ['T1546.003'] END AS techniques
        FROM job_activity WHERE operation IN ('create', 'change') AND (regexp_matches(lower(command), '{HIDDEN}') OR kind = 'service' AND regexp_matches(lower(command), '{ONLY_A_SHELL}') OR kind = 'subscription' AND regexp_matches(lower(command), 'https?:|activexobject|wscript|powershell|cmd|rundll32'))
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, 'task', substr(command, 1, 300), ['T1053.005'] FROM process_activity
        WHERE operation = 'start' AND regexp_matches(lower(command), 'schtasks.*/create|sc(\\.exe)? +create|register-scheduledtask') AND regexp_matches(lower(command), '{HIDDEN}') AND {name('process')} <> 'cmd.exe'
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=4,
    facet="a foothold is set",
    blind_spots="A task that runs a file whose content hides.",
)
