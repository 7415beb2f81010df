"""A task is made, and taken away again within minutes."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.task_fleeting",
    title="{actor_user} makes the task {called} on {host} and removes it within {seconds} seconds",
    why="A task is made for what shall run later, again and again. One that is gone after it ran once served to run a command as somebody else, or from another machine.",
    of=("job_activity",),
    sql=r"""
        SELECT d.time, [c.uid, d.uid] AS events, c.host, c.actor_user, c.name AS called, substr(c.command, 1, 300) AS command, CAST(date_diff('second', c.time, d.time) AS BIGINT) AS seconds FROM job_activity AS c JOIN job_activity AS d
            ON d.host = c.host AND d.name = c.name AND d.kind = 'task' AND d.operation = 'delete' AND d.time BETWEEN c.time AND c.time + INTERVAL 5 MINUTE
        WHERE c.kind = 'task' AND c.operation = 'create' AND c.actor_user NOT LIKE '%$' AND NOT regexp_matches(lower(c.actor_user), '^s-1-5-(18|19|20)$|^nt authority|system$') 
            -- Updaters run from a user's folder; a shell is nobody's updater, whatever the task is called.
            AND (regexp_matches(lower(COALESCE(c.command, '')), 'cmd|powershell|pwsh|mshta|script\.exe|rundll32|regsvr32')
                OR regexp_matches(lower(COALESCE(c.command, '')), '\\temp\\|\\users\\|\\programdata\\') AND NOT regexp_matches(lower(c.name), '^\\(microsoft|google|mozilla|adobe|onedrive)'))
        QUALIFY ROW_NUMBER() OVER (PARTITION BY c.uid ORDER BY d.time, d.uid) = 1 ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"lateral_movement": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    techniques=("T1053.005",),
    blind_spots="Installers use a passing task to get out of their own rights.",
)
