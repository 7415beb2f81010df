"""Somebody outside calls the cluster without a name."""

from vidocq.behaviour.direction import private
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.strangers",
    title="From {src_ip} the cluster is called without a name, {calls} times, {answered} answered",
    why="A cluster whose API the whole internet reaches is found by everybody who looks for one.",
    of=("api_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[:200] AS events, actor_user, src_ip, account,
            COUNT(*) AS calls, COUNT(CASE WHEN status = 'success' THEN 1 END) AS answered, COUNT(DISTINCT operation) AS paths, MIN(tool) AS tool
        FROM api_activity WHERE service = 'kubernetes' AND actor_type = 'Anonymous' AND src_ip IS NOT NULL AND NOT {private('src_ip')} AND resource LIKE '/%'
        GROUP BY actor_user, src_ip, account, CAST(time AS DATE)
    """,
    entities={"src_ip": "ip:source"},
    suggests={"scanning": Strength.EXPECTED, "internet_noise": Strength.EXPECTED},
    techniques=("T1595",),
    severity=1,
    blind_spots="Callers behind a balancer that keeps their address to itself.",
)
