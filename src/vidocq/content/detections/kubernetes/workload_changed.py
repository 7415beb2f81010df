"""Something is set to run again, everywhere, or among the cluster's own."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.workload_changed",
    title="{actor_user} sets up {resource}: {noted}",
    why="A timetable, a copy on every node, or a place among the cluster's own parts keeps a program running unseen. Deployers do it as their work.",
    of=("api_activity",),
    sql=calls("act = 'workload changed' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"cloud_compute_abuse": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="A workload that is changed where it runs.",
)
