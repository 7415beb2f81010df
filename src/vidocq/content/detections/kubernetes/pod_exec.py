"""Somebody runs a command in a container through the API."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.pod_exec",
    title="{actor_user} opens {resource} ({operation})",
    why="A shell in a running container needs no password of it and leaves no trace in its log. Who does it every day is known by that.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'pod exec' AND status = 'success' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"lateral_movement": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="What is typed inside.",
)
