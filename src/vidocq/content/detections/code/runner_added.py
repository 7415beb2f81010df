"""A machine is made to run the pipelines."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.runner_added",
    title="{operation} by {actor_user} on {resource}",
    why="Whoever adds a runner sees every secret of the jobs it takes, and whoever runs code on one stays in the network that it stands in.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'runner added'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Runners that come and go by themselves are left alone after three.",
)
