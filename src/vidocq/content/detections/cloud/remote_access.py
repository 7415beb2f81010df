"""Somebody runs commands on machines through the cloud."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.remote_access",
    title="{operation} by {actor_user} on {resource}",
    why="Commands and sessions through the control plane need no password of the machine and leave no trace on the network.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('remote command', 'remote session')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('remote command', 'remote session')
            AND invoked_by IS NULL
            AND earlier < 3
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"lateral_movement": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Who does this every day is left alone.",
)
