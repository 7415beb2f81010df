"""Somebody runs commands on machines through the cloud."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.remote_access",
    title="{operation} by {actor_user} on {resource}",
    why="Commands and sessions through the control plane need no password of the machine and leave no trace on the network.",
    of=("api_activity",),
    sql=seldom(("remote command", "remote session"), ROLE_AND_PLACE, TOLD_OF_CLOUD, only="status IS DISTINCT FROM 'failure'"),
    entities=DOER_OF_CLOUD,
    suggests={"lateral_movement": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Who does this every day is left alone.",
)
