"""Something of weight is deleted in a service."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.destroyed",
    title="{operation} by {actor_user} on {resource} in {service}",
    why="Projects, databases and whole organisations are seldom deleted, and cannot be typed in again.",
    of=("api_activity",),
    sql=seldom(("data destroyed",), PERSON_AND_PLACE, f"{TOLD}, tool", where="read_only IS NULL"),
    entities=DOER,
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Who deletes such things every day is left alone.",
)
