"""A secret of the pipelines is touched."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.pipeline_secret",
    title="{operation} by {actor_user} on {resource}",
    why="Pipelines hold the keys of production. A secret that is replaced sends what they do somewhere else.",
    of=("api_activity",),
    sql=seldom(("pipeline secret touched",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Reading: a workflow that prints its secrets leaves no entry here.",
)
