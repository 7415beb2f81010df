"""Access to paid models is opened."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.model_opened",
    title="{operation} by {actor_user}",
    why="Stolen accounts are used to run models at somebody else's cost; an owner opens a model once, by hand.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('model opened')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('model opened')
            AND invoked_by IS NULL
            AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_compute_abuse": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
)
