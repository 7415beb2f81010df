"""An identity changes how a bucket is protected for the first time."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.storage_changed",
    title="{actor_user} uses {operation} for the first time, on {resource}",
    why="Policy, versioning, encryption and life cycle decide who reads data and whether it can be brought back.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, MIN(time) OVER (PARTITION BY actor_user) AS born,
                COUNT(*) OVER (PARTITION BY actor_user ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS calls_before,
                ROW_NUMBER() OVER (PARTITION BY actor_user, operation ORDER BY time, uid) AS nth
            FROM api_activity WHERE actor_user IN (SELECT actor_user FROM api_activity WHERE service = 's3' AND NOT read_only)
        )
        SELECT time, [uid] AS events, [COALESCE(technique, 'T1530')] AS techniques, actor_user, actor_key, src_ip, issuer, resource, operation
        FROM calls WHERE service = 's3' AND NOT read_only AND nth = 1 AND invoked_by IS NULL AND time - born >= INTERVAL 24 HOUR AND calls_before > 20
            AND regexp_matches(operation, '^(Put|Delete)(Bucket|Public|Account|Encryption|Life|Object)')
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"cloud_exposure": Strength.EXPECTED, "destruction": Strength.EXPECTED},
    severity=2,
    warm_up="A day of the identity's calls, and twenty of them.",
)
