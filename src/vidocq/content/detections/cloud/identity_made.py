"""A new identity is made, by itself."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.identity_made",
    title="{operation} by {actor_user}: {target_user}",
    why="A new user is a way back that no change of passwords closes. A deployment makes its users among a dozen other things; one that is made alone is somebody's own deed.",
    of=("api_activity",),
    sql="""
        WITH changes AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                    AND INTERVAL 12 HOUR PRECEDING) AS earlier,
                COUNT(DISTINCT operation) OVER (PARTITION BY actor_user, src_ip ORDER BY time RANGE BETWEEN INTERVAL 30 MINUTE PRECEDING AND CURRENT ROW) AS kinds
            FROM api_activity WHERE act = 'identity made' OR (read_only = FALSE AND error IS NULL)
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, service, operation, tool, error, target_user
        FROM changes WHERE act = 'identity made' AND invoked_by IS NULL AND earlier < 3 AND kinds < 10
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"},
    suggests={"identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who makes users every day is left alone, and so is a user that is made in the middle of a deployment.",
)
