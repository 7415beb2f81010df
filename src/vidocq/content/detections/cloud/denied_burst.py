"""An identity is refused again and again."""

from vidocq.behaviour.acting import CLICKS, REFUSED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.denied_burst",
    title="{actor_user} is refused {within_10_minutes} different operations within ten minutes",
    why="Who does not know what a credential may do tries; its owner knows.",
    of=("api_activity",),
    sql=f"""
        WITH counted AS (
            SELECT *, COUNT(DISTINCT service || operation) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near
            FROM api_activity WHERE {REFUSED} AND invoked_by IS NULL AND src_ip IS NOT NULL AND NOT {CLICKS} AND actor_type IS DISTINCT FROM 'Anonymous'
            WINDOW recent AS (PARTITION BY actor_user ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), crossed AS (SELECT *, LAG(n, 1, 0) OVER (PARTITION BY actor_user ORDER BY time, uid) AS n_before FROM counted)
        SELECT MAX(time) AS time, flatten(list(CASE WHEN n_before < 4 THEN near ELSE [uid] END ORDER BY time, uid)) AS events,
            ['T1580'] AS techniques, actor_user, actor_key, src_ip, issuer, MAX(n) AS within_10_minutes
        FROM crossed WHERE n >= 4 GROUP BY actor_user, actor_key, src_ip, issuer, date_trunc('minute', time)
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    severity=2,
)
