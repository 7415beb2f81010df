"""A program that has nothing to fetch has the system's transfer service fetch something."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.odd_transfer",
    title="{program} on {host} has the transfer service fetch for it",
    why="Updaters and stores use the system's transfer service. An editor or a stand-in tool that orders from it was told to by code that is not its own.",
    of=("base_event",),
    sql=r"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, program, COUNT(*) AS times FROM (
            SELECT *, regexp_extract(lower(message), 'processpath=[^,]*\\(notepad|calc|mspaint|rundll32|regsvr32|mshta|wscript|cscript)\.exe', 1) AS program FROM base_event WHERE type = 'windows.bits-client.3') AS t
        WHERE program <> '' GROUP BY host, actor_user, program, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, program
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"malware_delivery": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING},
    techniques=("T1197",),
    severity=4,
    blind_spots="An order that is given from an updater's name.",
)
