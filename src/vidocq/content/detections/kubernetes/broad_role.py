"""A role holds what leads to everything."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.broad_role",
    title="{actor_user} writes the role {resource}: {noted}",
    why="A role that may do everything, grant, impersonate or enter containers is worth the whole cluster. Operators bring such roles when they are installed.",
    of=("api_activity",),
    sql=calls("act = 'role bound' AND operation NOT LIKE '%bindings' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"privilege_escalation": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="A role that was broad before it was bound.",
)
