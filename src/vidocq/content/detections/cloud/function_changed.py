"""Code that runs under the account's rights is changed."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE_AND_PLACE, TOLD_OF_CLOUD, unmade
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.function_changed",
    title="{operation} by {actor_user} on {resource}",
    why="Changed code, a layer or an invitation to call a function runs with the function's rights for whoever changed it.",
    of=("api_activity",),
    sql=unmade(("function changed",), "made = 0 OR resource IS NULL", TOLD_OF_CLOUD, ROLE_AND_PLACE),
    entities=DOER_OF_CLOUD,
    suggests={"identity_persistence": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="A pipeline that deploys every day is left alone, and who took it over with it.",
)
