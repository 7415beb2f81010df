"""Passwords or start-up scripts of many machines are read."""

from vidocq.behaviour.acting import burst
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.instance_secrets_burst",
    title="{actor_user} reads what {within_10_minutes} machines hold",
    why="A machine's first password and its start-up script often hold credentials; nobody reads those of many machines for ordinary work.",
    of=("api_activity",),
    sql=burst("resource", "act IN ('password data read', 'user data read')", 5),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"credential_theft": Strength.TELLING, "cloud_reconnaissance": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    severity=4,
)
