"""Logging or monitoring is turned off."""

from vidocq.behaviour.making import MADE
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.logging_impaired",
    title="{operation} by {actor_user}",
    why="Who turns off the record of what they do has something to hide; the owner hardly ever does.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, {MADE} AS made
            FROM api_activity WHERE act IN ('logging impaired', 'monitoring impaired') OR operation LIKE 'Create%'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('logging impaired', 'monitoring impaired')
            AND invoked_by IS NULL
            AND (made = 0 OR resource IS NULL)
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Changes made through a service such as CloudFormation.",
)
