"""Broad rights are granted."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, TOLD_OF_CLOUD, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.rights_granted",
    title="{operation} by {actor_user} gives {target_user} broad rights",
    why="Administrator's rights, or the right to grant rights, are what an intruder needs and what an owner gives rarely.",
    of=("api_activity",),
    sql=done(("rights granted",), told=TOLD_OF_CLOUD),
    entities=DOER_OF_CLOUD,
    suggests={"privilege_escalation": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Rights put together from many narrow grants.",
)
