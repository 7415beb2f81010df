"""What may enter the cluster is judged by somebody else."""

from vidocq.behaviour.kubernetes import CALLS, NOTED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.admission_changed",
    title="{actor_user} changes admission: {operation} {resource}",
    why="An admission webhook sees and may rewrite everything that enters the cluster; without it nothing is checked. Operators bring and renew their own.",
    of=("api_activity",),
    sql=f"""
        WITH {CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND act = 'admission changed' AND status = 'success' AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"defence_impairment": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="A webhook whose server is changed.",
)
