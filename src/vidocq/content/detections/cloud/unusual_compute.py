"""Unusually large or many machines are started."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.unusual_compute",
    title="{operation} by {actor_user}: unusual machines",
    why="Machines with graphics processors, or many at once, are what miners start.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('compute started')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('compute started')
            AND invoked_by IS NULL
            AND earlier < 3
            AND (regexp_matches(detail, '"instanceType":"(p[0-9]|g[0-9]|inf|trn|dl|vt|x[0-9]|u-)|[.](8|9|12|16|18|24|32|48)xlarge|[.]metal|"(maxCount|TargetCapacity|desiredCount)":([89]|[0-9][0-9]+)')
            OR error LIKE '%VcpuLimit%' OR error LIKE '%InstanceLimit%')
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_compute_abuse": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Many small starts, one at a time.",
)
