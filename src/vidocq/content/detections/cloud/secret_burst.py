"""Many secrets are read within minutes."""

from vidocq.behaviour.acting import burst
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.secret_burst",
    title="{actor_user} reads {within_10_minutes} secrets within ten minutes",
    why="A program reads the few secrets it needs; who reads them all collects them.",
    of=("api_activity",),
    sql=burst("COALESCE(resource, uid)", "act = 'secret read'", 5, by="actor_user, tool, src_ip", made=True),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Few secrets, or slowly.",
)
