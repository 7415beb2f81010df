"""Data or a resource is opened to an outsider."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, TOLD_OF_CLOUD, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.shared_outside",
    title="{operation} by {actor_user} opens {resource} to {shared_with}",
    why="A snapshot, an image or a bucket that another account may read has left the account without a byte on the wire.",
    of=("api_activity",),
    sql=done(("shared outside",), told=TOLD_OF_CLOUD),
    entities=DOER_OF_CLOUD,
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="A share with a known partner looks the same until the account is known.",
)
