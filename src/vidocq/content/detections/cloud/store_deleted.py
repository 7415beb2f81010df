"""A store, a vault or a machine's disk is deleted."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, of_a_path
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.store_deleted",
    title="{operation} by {actor_user} on {resource}",
    why="What holds data or keys is deleted seldom, and by who made it; who has a stolen credential deletes what hurts.",
    of=("api_activity",),
    sql=of_a_path("data destroyed", where="read_only IS NOT NULL AND NOT regexp_matches(operation, 'objects[.]delete$')"),
    entities=DOER_OF_CLOUD,
    suggests={"destruction": Strength.EXPECTED},
    severity=2,
    blind_spots="Objects within a store.",
)
