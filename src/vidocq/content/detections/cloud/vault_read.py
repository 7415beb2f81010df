"""An identity reads keys or secrets it did not read before."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.vault_read",
    title="{operation} by {actor_user} on {resource}",
    why="Keys that open stores and clusters are fetched by the same few programs every day; a new reader is worth a look.",
    of=("api_activity",),
    # An operation with a path or a package in its name: the trail of AWS names its own otherwise, and tells of such acts all day.
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, operation ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier,
                ROW_NUMBER() OVER (PARTITION BY actor_user, account, operation, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
            FROM api_activity WHERE act = 'secret read' AND status = 'success' AND regexp_matches(operation, '[/.]') AND service <> 'kubernetes'
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
    suggests={"credential_theft": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    severity=1,
    blind_spots="Who reads them every day is left alone.",
)
