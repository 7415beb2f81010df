"""Code is opened to others."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.repository_exposed",
    title="{operation} by {actor_user} on {resource}",
    why="A repository that is made public, or handed over, is read by strangers within minutes, with its history and every secret that was ever in it.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'repository exposed'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.EXPECTED},
    severity=4,
    blind_spots="A repository that was public from the beginning.",
)
