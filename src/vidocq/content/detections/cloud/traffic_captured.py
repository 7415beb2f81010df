"""What passes on a network is recorded."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.traffic_captured",
    title="{operation} by {actor_user} on {resource}",
    why="A capture holds passwords, tokens and what others say. Network engineers take one when something fails.",
    of=("api_activity",),
    sql=of_a_path("traffic captured"),
    entities=DOER_OF_CLOUD,
    suggests={"credential_theft": Strength.EXPECTED},
    severity=2,
    blind_spots="Captures on the machine itself.",
)
