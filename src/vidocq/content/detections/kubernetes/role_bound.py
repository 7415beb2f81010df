"""Somebody is given the cluster."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.role_bound",
    title="{actor_user} binds {resource}: {noted}",
    why="The administrator's role of a whole cluster is what an intruder needs and what an owner gives when the cluster is set up.",
    of=("api_activity",),
    sql=calls("act = 'role bound' AND operation LIKE '%bindings' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"privilege_escalation": Strength.TELLING, "something_hostile": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=4,
    blind_spots="Rights put together from many narrow roles; bindings in a namespace.",
)
