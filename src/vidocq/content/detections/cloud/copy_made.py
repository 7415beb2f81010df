"""A copy of a machine or a database is made that can be carried off whole."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.copy_made",
    title="{operation} by {actor_user} of {resource}",
    why="A database need not be read row by row: its image is copied to where it can be taken. Backups do the same, by the same hand every night.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'copy made'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"},
    suggests={"cloud_exposure": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="A thief who takes over the hand that makes the backups.",
)
