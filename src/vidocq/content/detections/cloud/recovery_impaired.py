"""What would bring data back is taken away."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.recovery_impaired",
    title="{operation} by {actor_user} on {resource}",
    why="Backups, versions and locks stand between a deletion and its damage: ransom begins with them. Owners take them down with what they protect.",
    of=("api_activity",),
    sql=of_a_path("recovery impaired"),
    entities=DOER_OF_CLOUD,
    suggests={"destruction": Strength.EXPECTED},
    severity=3,
    blind_spots="Retention that is shortened step by step.",
)
