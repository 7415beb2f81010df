"""Data is taken out of a service as a whole, or sent on from now on."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.data_exported",
    title="{operation} by {actor_user} in {service}",
    why="An export holds in one file what would take days to read page by page, and a hook sends on whatever happens. Both have an ordinary use, seldom by the same person twice a year.",
    of=("api_activity",),
    sql=seldom(("data exported",), PERSON_AND_PLACE, f"{TOLD}, tool", where="read_only IS NULL"),
    entities=DOER,
    suggests={"exfiltration": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Reports that the same person exports every day are left alone.",
)
