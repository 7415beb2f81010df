"""A firewall rule lets everybody in, or a bucket loses its protection."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.opened_to_the_world",
    title="{operation} by {actor_user} on {resource}",
    why="A port open to every address is how somebody outside reaches a machine inside.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('firewall opened', 'protection removed')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('firewall opened', 'protection removed')
            AND invoked_by IS NULL
            AND earlier < 3
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Rules opened to a single foreign network.",
)
