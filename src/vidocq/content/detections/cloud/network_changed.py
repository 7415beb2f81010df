"""What a network lets through is changed."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.network_changed",
    title="{operation} by {actor_user} on {resource}",
    why="A rule more or less decides who reaches a machine. Who looks after the network does it every day.",
    of=("api_activity",),
    sql=of_a_path("network changed"),
    entities=DOER_OF_CLOUD,
    suggests={"cloud_exposure": Strength.EXPECTED},
    severity=1,
    blind_spots="What the rule says, where the log keeps no request.",
)
