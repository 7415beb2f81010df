"""The record of one thing, a guard before it, or a region nobody watches."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.weakened",
    title="{operation} by {actor_user} on {resource}",
    why="Less than the trail of the whole account, and owners do it too. It is what somebody does who wants to be unseen in one place.",
    of=("api_activity",),
    sql=seldom(("record reduced", "guard removed", "region opened"), ROLE, f"{TOLD}, issuer, tool"),
    entities=DOER_OF_CLOUD,
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Who does this every day is left alone.",
)
