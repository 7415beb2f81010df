"""A pipe of a published tool for running commands from afar is opened."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.remote_tool_pipe",
    title="{actor_user} from {src_ip} runs commands on {host} through the pipe {path}",
    why="Tools that run commands from afar pass what is typed and printed through pipes of their own. The vendor's own tool goes by its name; a renamed one, or one that is published for attack, does not.",
    of=("smb_activity",),
    sql=r"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, src_ip, lower(path) AS path, COUNT(*) AS times FROM smb_activity
        WHERE regexp_matches(lower(path), 'remcom|csexec|winexe') OR regexp_matches(lower(share), 'ipc\$$') AND regexp_matches(lower(path), '-(stdin|stdout|stderr)$') AND NOT starts_with(lower(path), 'psexesvc')
        GROUP BY host, actor_user, src_ip, lower(path), time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, path
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"lateral_movement": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1569.002", "T1021.002"),
    severity=4,
    blind_spots="The vendor's own tool under its own name.",
)
