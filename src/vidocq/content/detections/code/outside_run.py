"""Code from a stranger's copy runs in a pipeline."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.outside_run",
    title="{actor_user} has code of {shared_with} run for {resource}",
    why="A request from a copy runs code that nobody has looked at yet, beside the secrets of the pipeline where it was set up carelessly.",
    of=("api_activity",),
    sql=seldom(("outside code run",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Whether the run holds secrets is not in the record.",
)
