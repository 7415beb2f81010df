"""A secret is refused."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.secret_refused",
    title="{actor_user} is refused {resource}",
    why="Who owns a credential knows which secrets it may read; who found it tries.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'secret read' AND status = 'failure' AND error IN ('Forbidden', 'Unauthorized')
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"credential_theft": Strength.EXPECTED, "broken_client": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Names that are guessed and do not exist.",
)
