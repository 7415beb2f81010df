"""An address that failed as many people gets in as one of them."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.let_in_after_spray",
    title="{src_ip} failed as {accounts} people and is let in as {actor_user}",
    why="Passwords are tried on everybody until one fits. An address from which several people have signed in before is a gateway of the house.",
    of=("authentication",),
    sql="""
        WITH signs AS (SELECT time, uid, src_ip, actor_user, service, status FROM authentication WHERE src_ip IS NOT NULL AND actor_user IS NOT NULL AND dst_ip IS NULL AND host IS NULL),
        found AS (
            SELECT s.time, s.uid, s.src_ip, s.actor_user, s.service, COUNT(DISTINCT f.actor_user) AS accounts, list(f.uid ORDER BY f.time DESC, f.uid)[1:150] AS tried
            FROM signs s JOIN signs f ON f.src_ip = s.src_ip AND f.service = s.service AND f.status = 'failure' AND f.actor_user <> s.actor_user AND f.time <= s.time AND f.time >= s.time - INTERVAL 24 HOUR
            WHERE s.status IN ('success', 'challenge') GROUP BY ALL HAVING COUNT(DISTINCT f.actor_user) >= 8
        ), known AS (SELECT f.uid, COUNT(DISTINCT e.actor_user) AS others, COUNT(CASE WHEN e.actor_user = f.actor_user THEN 1 END) AS own
            FROM found f JOIN signs e ON e.src_ip = f.src_ip AND e.status = 'success' AND e.time < f.time - INTERVAL 24 HOUR GROUP BY f.uid)
        SELECT MIN(f.time) AS time, list_concat([arg_min(f.uid, (f.time, f.uid))], arg_min(f.tried, (f.time, f.uid))) AS events, f.src_ip, f.actor_user, f.service, MIN(f.accounts) AS accounts
        FROM found f LEFT JOIN known k ON k.uid = f.uid WHERE COALESCE(k.others, 0) < 3 AND COALESCE(k.own, 0) = 0
            AND f.accounts >= 3 * (SELECT COUNT(DISTINCT o.actor_user) FROM signs o WHERE o.src_ip = f.src_ip AND o.status = 'success' AND o.time BETWEEN f.time - INTERVAL 24 HOUR AND f.time)
        GROUP BY f.src_ip, f.actor_user, f.service ORDER BY time, f.src_ip, f.actor_user
    """,
    entities={"src_ip": "ip:source", "actor_user": "user:actor"},
    suggests={"credential_guessing": Strength.DAMNING, "account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1110.003", "T1110.004", "T1078.004"),
    severity=5,
    warm_up="Eight people within a day.",
    blind_spots="A password that is found from one address and used from another.",
)
