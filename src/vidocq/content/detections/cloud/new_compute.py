"""An identity starts machines or functions for the first time."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.new_compute",
    title="{actor_user} starts compute for the first time ({operation})",
    why="Who never started machines and now does, or does it in a region never used, works for somebody else or has a new task.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, MIN(time) OVER (PARTITION BY actor_user) AS born,
                COUNT(*) OVER (PARTITION BY actor_user ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS calls_before,
                ROW_NUMBER() OVER (PARTITION BY actor_user, act, operation, region ORDER BY time, uid) AS nth
            FROM api_activity WHERE actor_user IN (SELECT actor_user FROM api_activity WHERE act = 'compute started')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, operation, region
        FROM calls WHERE act = 'compute started' AND nth = 1 AND invoked_by IS NULL AND time - born >= INTERVAL 24 HOUR AND calls_before > 20
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"cloud_compute_abuse": Strength.EXPECTED},
    severity=2,
    warm_up="A day of the identity's calls, and twenty of them.",
)
