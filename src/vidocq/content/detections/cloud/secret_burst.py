"""Many secrets are read within minutes."""

from vidocq.behaviour.making import MADE
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.secret_burst",
    title="{actor_user} reads {within_10_minutes} secrets within ten minutes",
    why="A program reads the few secrets it needs; who reads them all collects them.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, {MADE} AS made FROM api_activity
            WHERE (act = 'secret read') OR operation LIKE 'Create%' OR operation = 'PutParameter'
        ), counted AS (
            SELECT *, COUNT(DISTINCT COALESCE(resource, uid)) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near
            FROM calls WHERE (act = 'secret read') AND made = 0 AND invoked_by IS NULL
            WINDOW recent AS (PARTITION BY actor_user, tool, src_ip ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), crossed AS (SELECT *, LAG(n, 1, 0) OVER (PARTITION BY actor_user, tool, src_ip ORDER BY time, uid) AS n_before FROM counted)
        SELECT MAX(time) AS time, flatten(list(CASE WHEN n_before < 5 THEN near ELSE [uid] END ORDER BY time, uid)) AS events,
            list(DISTINCT technique ORDER BY technique) AS techniques, actor_user, actor_key, src_ip, issuer, MAX(n) AS within_10_minutes
        FROM crossed WHERE n >= 5 GROUP BY actor_user, actor_key, src_ip, issuer, date_trunc('minute', time)
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="Few secrets, or slowly.",
)
