"""A script runs in a host that was started so that nobody sees it."""

from vidocq.behaviour.programs import QUIETLY, name
from vidocq.model.belief import Detection, Strength

ORDER = r" \"?([a-z0-9+/=]{40})"
"""The beginning of what is encoded, by which a script and its start are known for one."""

DETECTION = Detection(
    id="host.hidden_script_host",
    title="A script on {host} runs where nobody shall see it: {command}",
    why="The script host writes down how it was started, also where the start itself was not recorded. An encoded command without a window is what agents of attack are started with.",
    of=("script_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, host, ANY_VALUE(actor_user ORDER BY time, uid) AS actor_user, substr(command, 1, 200) AS command
        FROM script_activity AS s WHERE regexp_matches(lower(command), '{QUIETLY}')
            -- Where the start was recorded, the start has been told of.
            AND NOT EXISTS (SELECT 1 FROM process_activity AS p WHERE p.operation = 'start' AND p.host = s.host AND p.time < s.time + INTERVAL 1 MINUTE
                AND regexp_extract(lower(p.command), '{ORDER}', 1) = regexp_extract(lower(s.command), '{ORDER}', 1) AND {name('p.process')} IN ('powershell.exe', 'pwsh.exe') AND regexp_matches(lower(p.command), '{QUIETLY}'))
        GROUP BY host, substr(command, 1, 200), time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, command
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.NEUTRAL, "software_update": Strength.NEUTRAL},
    techniques=("T1059.001", "T1027", "T1564.003"),
    blind_spots="Script hosts that are called from within a program; machines that write no scripts down.",
)
