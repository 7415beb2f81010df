"""Passwords or start-up scripts of many machines are read."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.instance_secrets_burst",
    title="{actor_user} reads what {within_10_minutes} machines hold",
    why="A machine's first password and its start-up script often hold credentials; nobody reads those of many machines for ordinary work.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, 0 AS made FROM api_activity
            WHERE (act IN ('password data read', 'user data read'))
        ), counted AS (
            SELECT *, COUNT(DISTINCT resource) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near
            FROM calls WHERE (act IN ('password data read', 'user data read')) AND made = 0 AND invoked_by IS NULL
            WINDOW recent AS (PARTITION BY actor_user ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), crossed AS (SELECT *, LAG(n, 1, 0) OVER (PARTITION BY actor_user ORDER BY time, uid) AS n_before FROM counted)
        SELECT MAX(time) AS time, flatten(list(CASE WHEN n_before < 5 THEN near ELSE [uid] END ORDER BY time, uid)) AS events,
            list(DISTINCT technique ORDER BY technique) AS techniques, actor_user, actor_key, src_ip, issuer, MAX(n) AS within_10_minutes
        FROM crossed WHERE n >= 5 GROUP BY actor_user, actor_key, src_ip, issuer, date_trunc('minute', time)
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"credential_theft": Strength.TELLING, "cloud_reconnaissance": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    severity=4,
)
