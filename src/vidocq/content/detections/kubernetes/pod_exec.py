"""Somebody runs a command in a container through the API."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.pod_exec",
    title="{actor_user} opens {resource} ({operation})",
    why="A shell in a running container needs no password of it and leaves no trace in its log. Who does it every day is known by that.",
    of=("api_activity",),
    sql=calls("act = 'pod exec' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"lateral_movement": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="What is typed inside.",
)
