"""An identity is refused again and again."""

from vidocq.behaviour.acting import CLICKS, REFUSED, burst
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.denied_burst",
    title="{actor_user} is refused {within_10_minutes} different operations within ten minutes",
    why="Who does not know what a credential may do tries; its owner knows.",
    of=("api_activity",),
    sql=burst("service || operation", f"{REFUSED} AND src_ip IS NOT NULL AND NOT {CLICKS} AND actor_type IS DISTINCT FROM 'Anonymous'", 4, techniques="['T1580']"),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    severity=2,
)
