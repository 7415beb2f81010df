"""A workload shares the network or the memory of its node."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import TAKES_NODE, calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.host_sharing",
    title="{actor_user} starts {resource} beside its node: {noted}",
    why="On the node's own network a container reaches what listens to the node only, and hears what others say. Ingress and monitoring use it.",
    of=("api_activity",),
    sql=calls(f"act = 'privileged workload' AND status = 'success' AND earlier < 3 AND NOT {TAKES_NODE}"),
    entities=DOER,
    suggests={"container_escape": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Clusters whose audit policy keeps no request.",
)
