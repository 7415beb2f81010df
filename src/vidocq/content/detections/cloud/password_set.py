"""A password is set for somebody else."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.password_set",
    title="{operation} by {actor_user} for {target_user}",
    why="With a new password the console opens as another person. People set their own; a help desk does it as routine.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('password set')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('password set')
            AND invoked_by IS NULL
            AND earlier < 3
            AND (target_user IS NULL OR (target_user IS DISTINCT FROM actor_user AND COALESCE(actor_session, '') NOT LIKE '%/' || target_user))
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"identity_persistence": Strength.TELLING, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="A help desk whose own credentials are stolen.",
)
