"""What would bring data back is taken away."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.recovery_impaired",
    title="{operation} by {actor_user} on {resource}",
    why="Backups, versions and locks stand between a deletion and its damage: ransom begins with them. Owners take them down with what they protect.",
    of=("api_activity",),
    # An operation with a path or a package in its name: the trail of AWS names its own otherwise, and tells of such acts all day.
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, operation ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier,
                ROW_NUMBER() OVER (PARTITION BY actor_user, account, operation, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
            FROM api_activity WHERE act = 'recovery impaired' AND status = 'success' AND regexp_matches(operation, '[/.]')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, operation, tool
        FROM calls WHERE nth = 1 AND earlier < 3
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"destruction": Strength.EXPECTED},
    severity=3,
    blind_spots="Retention that is shortened step by step.",
)
