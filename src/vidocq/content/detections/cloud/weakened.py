"""The record of one thing, a guard before it, or a region nobody watches."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.weakened",
    title="{operation} by {actor_user} on {resource}",
    why="Less than the trail of the whole account, and owners do it too. It is what somebody does who wants to be unseen in one place.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('record reduced', 'guard removed', 'region opened')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"},
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Who does this every day is left alone.",
)
