"""A firewall rule lets everybody in, or data loses what protected it."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.opened_to_the_world",
    title="{operation} by {actor_user} on {resource}",
    why="A port open to every address, a bucket without its block, data without its lock: what kept outsiders from what is inside is gone.",
    of=("api_activity",),
    sql=seldom(("firewall opened", "protection removed"), ROLE_AND_PLACE, TOLD_OF_CLOUD, only="status IS DISTINCT FROM 'failure'"),
    entities=DOER_OF_CLOUD,
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="Rules opened to a single foreign network.",
)
