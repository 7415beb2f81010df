"""Code that runs under the account's rights is changed."""

from vidocq.behaviour.making import MADE
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.function_changed",
    title="{operation} by {actor_user} on {resource}",
    why="Changed code, a layer or an invitation to call a function runs with the function's rights for whoever changed it.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, {MADE} AS made,
            COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act IN ('function changed') OR operation LIKE 'Create%'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('function changed')
            AND invoked_by IS NULL
            AND (made = 0 OR resource IS NULL)
            AND earlier < 3
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"identity_persistence": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="A pipeline that deploys every day is left alone, and who took it over with it.",
)
