"""A pod that is started by itself can take the node it runs on."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import TAKES_ROOT, calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.node_pod",
    title="{actor_user} starts {resource} with a hold on its node: {noted}",
    why=(
        "A container that sees the node's processes or mounts its root is no container to whoever is in it. "
        "Agents that need it come as a set for every node; a single pod is for who wants to be there now."
    ),
    of=("api_activity",),
    sql=calls(f"act = 'privileged workload' AND status = 'success' AND earlier < 3 AND operation LIKE '% pods' AND {TAKES_ROOT}"),
    entities=DOER,
    suggests={"container_escape": Strength.TELLING, "something_hostile": Strength.TELLING, "cluster_automation": Strength.NEUTRAL},
    severity=4,
    blind_spots="Clusters whose audit policy keeps no request; workloads changed by one whom the deployer's credentials were stolen from.",
)
