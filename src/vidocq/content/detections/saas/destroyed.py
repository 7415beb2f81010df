"""Something of weight is deleted in a service."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.destroyed",
    title="{operation} by {actor_user} on {resource} in {service}",
    why="Projects, databases and whole organisations are seldom deleted, and cannot be typed in again.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'data destroyed' AND read_only IS NULL
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Who deletes such things every day is left alone.",
)
