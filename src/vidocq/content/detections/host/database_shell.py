"""A database is allowed to run commands of the system."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.database_shell",
    title="The database on {host} is allowed to run commands",
    why="A database server ships with the way to the system's shell shut. It is opened by hand, and mostly by whoever came in through the database.",
    of=("base_event",),
    sql=r"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, COUNT(*) AS times FROM base_event
        WHERE type = 'windows.application.15457' AND regexp_matches(lower(message), '(xp_cmdshell|ole automation procedures) \| 0 \| 1') GROUP BY host, actor_user, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"exploited_service": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1505.001", "T1059.003"),
    severity=4,
    blind_spots="Databases in which it has been open since they were set up.",
)
