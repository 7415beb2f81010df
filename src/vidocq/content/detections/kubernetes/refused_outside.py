"""A named identity is refused, from outside."""

from vidocq.behaviour.direction import private
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.refused_outside",
    title="{actor_user} is refused {kinds} kinds of calls from {src_ip}",
    why="Who tries a token that was found somewhere does not know what it may do, and tries it from where they are.",
    of=("api_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[:200] AS events, actor_user, src_ip, account,
            COUNT(*) AS calls, COUNT(DISTINCT operation) AS kinds, MIN(tool) AS tool
        FROM api_activity WHERE service = 'kubernetes' AND actor_type IS DISTINCT FROM 'Anonymous' AND status = 'failure' AND error IN ('Forbidden', 'Unauthorized')
            AND src_ip IS NOT NULL AND NOT {private('src_ip')}
        GROUP BY actor_user, src_ip, account, CAST(time AS DATE)
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1613",),
    severity=2,
    blind_spots="Nodes that reach the API by its public name stand outside too: theirs are the refusals of broken clients.",
)
