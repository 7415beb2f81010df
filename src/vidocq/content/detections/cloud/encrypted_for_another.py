"""Data is encrypted with a key of another account."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.encrypted_for_another",
    title="{operation} by {actor_user} on {resource} with a key of {shared_with}",
    why="Data under a stranger's key is the stranger's to give back. Whoever writes to a partner's store uses the partner's key, so the store tells the two apart.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'encrypted for another' AND status = 'success'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"},
    suggests={"destruction": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="A key of one's own in another account of one's own looks the same until the account is known.",
)
