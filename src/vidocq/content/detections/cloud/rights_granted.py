"""Broad rights are granted."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.rights_granted",
    title="{operation} by {actor_user} gives {target_user} broad rights",
    why="Administrator's rights, or the right to grant rights, are what an intruder needs and what an owner gives rarely.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *
            FROM api_activity WHERE act IN ('rights granted')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('rights granted')
            AND invoked_by IS NULL
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"privilege_escalation": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Rights put together from many narrow grants.",
)
