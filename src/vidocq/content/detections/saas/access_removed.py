"""Somebody loses their access to a service."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.access_removed",
    title="{operation} by {actor_user} for {target_user} in {service}",
    why="Whoever takes an organisation over locks out those who could throw them out. Offboarding looks the same, one person at a time, and recurs.",
    of=("api_activity",),
    sql=seldom(("access removed",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Offboarding that recurs is left alone.",
)
