"""A workload shares the network or the memory of its node."""

from vidocq.behaviour.kubernetes import CALLS, NOTED, TAKES_NODE
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.host_sharing",
    title="{actor_user} starts {resource} beside its node: {noted}",
    why="On the node's own network a container reaches what listens to the node only, and hears what others say. Ingress and monitoring use it.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'privileged workload' AND status = 'success' AND earlier < 3
            AND NOT {TAKES_NODE}
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"container_escape": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Clusters whose audit policy keeps no request.",
)
