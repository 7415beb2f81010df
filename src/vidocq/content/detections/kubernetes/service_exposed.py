"""A service is offered to the outside."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.service_exposed",
    title="{actor_user} opens {resource} to the outside: {noted}",
    why="A port on every node, a balancer or an address of its own is how somebody outside reaches what runs inside.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'service exposed' AND status = 'success' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"cloud_exposure": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=1,
    blind_spots="Who exposes services every day is left alone.",
)
