"""A machine is made to run the pipelines."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.runner_added",
    title="{operation} by {actor_user} on {resource}",
    why="Whoever adds a runner sees every secret of the jobs it takes, and whoever runs code on one stays in the network that it stands in.",
    of=("api_activity",),
    sql=seldom(("runner added",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Runners that come and go by themselves are left alone after three.",
)
