"""Somebody is given the cluster."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.role_bound",
    title="{actor_user} binds {resource}: {noted}",
    why="The administrator's role of a whole cluster is what an intruder needs and what an owner gives when the cluster is set up.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'role bound' AND operation LIKE '%bindings' AND status = 'success' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"privilege_escalation": Strength.TELLING, "something_hostile": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=4,
    blind_spots="Rights put together from many narrow roles; bindings in a namespace.",
)
