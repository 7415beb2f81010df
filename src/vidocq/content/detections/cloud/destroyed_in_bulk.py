"""Many resources are destroyed within minutes."""

from vidocq.behaviour.acting import burst
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.destroyed_in_bulk",
    title="{actor_user} destroys {within_10_minutes} resources within ten minutes",
    why="Ransom and revenge delete what others made. Who takes down what they built themselves deletes only that.",
    of=("api_activity",),
    sql=burst("COALESCE(resource, uid)", "act = 'data destroyed'", 10, made=True),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"destruction": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
)
