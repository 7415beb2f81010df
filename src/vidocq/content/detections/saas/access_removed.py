"""Somebody loses their access to a service."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.access_removed",
    title="{operation} by {actor_user} for {target_user} in {service}",
    why="Whoever takes an organisation over locks out those who could throw them out. Offboarding looks the same, one person at a time, and recurs.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'access removed'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Offboarding that recurs is left alone.",
)
