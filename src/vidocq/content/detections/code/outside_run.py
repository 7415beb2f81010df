"""Code from a stranger's copy runs in a pipeline."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.outside_run",
    title="{actor_user} has code of {shared_with} run for {resource}",
    why="A request from a copy runs code that nobody has looked at yet, beside the secrets of the pipeline where it was set up carelessly.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'outside code run'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Whether the run holds secrets is not in the record.",
)
