"""What passes on a network is recorded."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.traffic_captured",
    title="{operation} by {actor_user} on {resource}",
    why="A capture holds passwords, tokens and what others say. Network engineers take one when something fails.",
    of=("api_activity",),
    # An operation with a path or a package in its name: the trail of AWS names its own otherwise, and tells of such acts all day.
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, operation ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier,
                ROW_NUMBER() OVER (PARTITION BY actor_user, account, operation, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
            FROM api_activity WHERE act = 'traffic captured' AND status = 'success' AND regexp_matches(operation, '[/.]')
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
    suggests={"credential_theft": Strength.EXPECTED},
    severity=2,
    blind_spots="Captures on the machine itself.",
)
