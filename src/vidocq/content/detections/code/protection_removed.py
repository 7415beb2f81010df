"""What guards the code is taken away."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.protection_removed",
    title="{operation} by {actor_user} on {resource}",
    why="Protected branches, required reviews and scanners stand between a stolen account and the code that everybody runs. They are taken away for a moment, to let one change through.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'code protection removed'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="A rule that is changed in place without a word about what changed.",
)
