"""What guards the code is taken away."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.protection_removed",
    title="{operation} by {actor_user} on {resource}",
    why="Protected branches, required reviews and scanners stand between a stolen account and the code that everybody runs. They are taken away for a moment, to let one change through.",
    of=("api_activity",),
    sql=seldom(("code protection removed",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="A rule that is changed in place without a word about what changed.",
)
