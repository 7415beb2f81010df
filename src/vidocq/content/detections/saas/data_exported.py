"""Data is taken out of a service as a whole, or sent on from now on."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.data_exported",
    title="{operation} by {actor_user} in {service}",
    why="An export holds in one file what would take days to read page by page, and a hook sends on whatever happens. Both have an ordinary use, seldom by the same person twice a year.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'data exported' AND read_only IS NULL
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"exfiltration": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Reports that the same person exports every day are left alone.",
)
