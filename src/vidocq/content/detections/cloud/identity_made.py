"""A new identity is made."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.identity_made",
    title="{operation} by {actor_user}: {target_user}",
    why="A new user is a way back that no change of passwords closes. Most are colleagues; each is worth a look.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'identity made'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who makes users every day is left alone.",
)
