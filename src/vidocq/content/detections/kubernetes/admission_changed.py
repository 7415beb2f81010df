"""What may enter the cluster is judged by somebody else."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.admission_changed",
    title="{actor_user} changes admission: {operation} {resource}",
    why="An admission webhook sees and may rewrite everything that enters the cluster; without it nothing is checked. Operators bring and renew their own.",
    of=("api_activity",),
    sql=calls("act = 'admission changed' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"defence_impairment": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="A webhook whose server is changed.",
)
