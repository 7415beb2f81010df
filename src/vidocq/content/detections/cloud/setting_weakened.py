"""A store is protected less than before."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.setting_weakened",
    title="{operation} by {actor_user} on {resource}",
    why="Shared keys, open networks and removed waiting times let in whoever has found a key. Templates write them by default.",
    of=("api_activity",),
    sql=of_a_path("setting weakened"),
    entities=DOER_OF_CLOUD,
    suggests={"cloud_exposure": Strength.EXPECTED},
    severity=1,
    blind_spots="Settings that no request tells of.",
)
