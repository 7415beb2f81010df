"""Somebody acts as another."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.impersonation",
    title="{actor_user} acts {noted}",
    why="Whoever may act as others has all their rights, and their name stands in the record of what they did. Gateways and deployers do it for everything.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'session impersonated' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"privilege_escalation": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Acts that weigh more by themselves: they are told as what they are.",
)
