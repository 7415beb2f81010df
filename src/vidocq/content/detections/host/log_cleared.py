"""A log of the machine is cleared."""

from vidocq.model.belief import Detection, Strength

BY_COMMAND = r"wevtutil.* (cl|clear-log) |clear-eventlog|remove-eventlog|fsutil.* usn +deletejournal|history +-c|(rm|truncate|shred) .*/var/log/|(^| )> */var/log/"

DETECTION = Detection(
    id="host.log_cleared",
    title="A log of {host} is cleared by {actor_user}",
    why="Logs grow old by themselves. Who clears one has something in it that shall not be read.",
    of=("process_activity", "event_log_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, CAST(NULL AS VARCHAR) AS process_guid, log, detail AS command FROM event_log_activity WHERE operation = 'clear'
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, NULL, substr(command, 1, 300) FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{BY_COMMAND}')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"defence_impairment": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1070.001",),
    severity=4,
    blind_spots="Single records that are taken out; machines that are set up by hand have their logs cleared at the end.",
)
