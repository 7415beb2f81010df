"""A person lists the secrets of a namespace."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.secrets_listed",
    title="{actor_user} lists {resource}",
    why="A list of secrets holds their values. A person seldom needs more than the one they look for.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'secret read' AND status = 'success' AND actor_type = 'User' AND regexp_matches(operation, '^(list|watch) ')
            AND resource LIKE '%/secrets' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"credential_theft": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=1,
    blind_spots="What a program of the namespace lists.",
)
