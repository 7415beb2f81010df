"""A secret of the pipelines is touched."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.pipeline_secret",
    title="{operation} by {actor_user} on {resource}",
    why="Pipelines hold the keys of production. A secret that is replaced sends what they do somewhere else.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'pipeline secret touched'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Reading: a workflow that prints its secrets leaves no entry here.",
)
