"""Somebody without a name is shown what the cluster holds."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.anonymous_access",
    title="Without a name, from {src_ip}: {operation} {resource}",
    why="A cluster that answers nameless callers about its objects is open to everybody who can reach it.",
    of=("api_activity",),
    sql=calls(
        "act = 'anonymous call' AND resource NOT LIKE '/%' AND operation NOT LIKE '%secrets%' AND read_only IS DISTINCT FROM FALSE"
        " AND resource <> 'kube-public/configmaps/cluster-info'"
    ),
    entities=DOER,
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Nameless callers that are given a name by a proxy.",
)
