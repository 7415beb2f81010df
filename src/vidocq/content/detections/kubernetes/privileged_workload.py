"""A workload can take the node it runs on."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import TAKES_NODE, TAKES_ROOT, calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.privileged_workload",
    title="{actor_user} starts {resource} with a hold on its node: {noted}",
    why=(
        "A container that is privileged, sees the node's processes or mounts its root is no container to whoever is in "
        "it. Agents of networks, storage and monitoring need it too: their deployers do it again and again."
    ),
    of=("api_activity",),
    sql=calls(f"act = 'privileged workload' AND status = 'success' AND earlier < 3 AND {TAKES_NODE} AND NOT (operation LIKE '% pods' AND {TAKES_ROOT})"),
    entities=DOER,
    suggests={"container_escape": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=3,
    blind_spots="Clusters whose audit policy keeps no request; workloads changed by one whom the deployer's credentials were stolen from.",
)
