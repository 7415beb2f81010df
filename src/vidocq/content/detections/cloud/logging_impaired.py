"""Logging or monitoring is turned off."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, TOLD_OF_CLOUD, unmade
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.logging_impaired",
    title="{operation} by {actor_user}",
    why="Who turns off the record of what they do has something to hide; the owner hardly ever does.",
    of=("api_activity",),
    sql=unmade(("logging impaired", "monitoring impaired"), "made = 0 OR resource IS NULL", TOLD_OF_CLOUD),
    entities=DOER_OF_CLOUD,
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Changes made through a service such as CloudFormation.",
)
