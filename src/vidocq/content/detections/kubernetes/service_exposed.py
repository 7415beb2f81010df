"""A service is offered to the outside."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.service_exposed",
    title="{actor_user} opens {resource} to the outside: {noted}",
    why="A port on every node, a balancer or an address of its own is how somebody outside reaches what runs inside.",
    of=("api_activity",),
    sql=calls("act = 'service exposed' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"cloud_exposure": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=1,
    blind_spots="Who exposes services every day is left alone.",
)
