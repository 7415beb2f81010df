"""Somebody acts as another."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.impersonation",
    title="{actor_user} acts {noted}",
    why="Whoever may act as others has all their rights, and their name stands in the record of what they did. Gateways and deployers do it for everything.",
    of=("api_activity",),
    sql=calls("act = 'session impersonated' AND earlier < 3"),
    entities=DOER,
    suggests={"privilege_escalation": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Acts that weigh more by themselves: they are told as what they are.",
)
