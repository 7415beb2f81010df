"""A role holds what leads to everything."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.broad_role",
    title="{actor_user} writes the role {resource}: {noted}",
    why="A role that may do everything, grant, impersonate or enter containers is worth the whole cluster. Operators bring such roles when they are installed.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'role bound' AND operation NOT LIKE '%bindings' AND status = 'success' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"privilege_escalation": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="A role that was broad before it was bound.",
)
