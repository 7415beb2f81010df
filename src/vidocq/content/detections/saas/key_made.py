"""A key or token is made in a service."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.key_made",
    title="{operation} by {actor_user} in {service}",
    why="A token outlives the password that is reset and the session that is ended. People make them for their scripts; an intruder makes one before anything else.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'key made' AND target_user IS NULL
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who makes tokens every day is left alone.",
)
