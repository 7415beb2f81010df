"""Access to paid models is opened."""

from vidocq.behaviour.acting import ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.model_opened",
    title="{operation} by {actor_user}",
    why="Stolen accounts are used to run models at somebody else's cost; an owner opens a model once, by hand.",
    of=("api_activity",),
    sql=seldom(("model opened",), ROLE_AND_PLACE, TOLD_OF_CLOUD),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_compute_abuse": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
)
