"""An address that failed as many people gets in as one of them."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.let_in_after_spray",
    title="{src_ip} failed as {accounts} people and is let in as {actor_user}",
    why="Passwords are tried on everybody until one fits. An address from which several people have signed in before is a gateway of the house.",
    of=("authentication",),
    sql="""
        WITH signs AS (SELECT time, uid, src_ip, actor_user, service, status FROM authentication WHERE src_ip IS NOT NULL AND actor_user IS NOT NULL AND dst_ip IS NULL AND host IS NULL),
        days AS (
            -- Of a gateway as many get in as mistype: only an address at which three times as many fail is looked at any closer.
            SELECT src_ip, service, CAST(time AS DATE) AS day FROM signs GROUP BY ALL
            HAVING COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END) >= 8
                AND COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END) >= 3 * COUNT(DISTINCT CASE WHEN status IN ('success', 'challenge') THEN actor_user END)
        ), near AS (SELECT s.*, d.day FROM signs s JOIN days d ON d.src_ip = s.src_ip AND d.service = s.service AND d.day = CAST(s.time AS DATE)),
        firsts AS (SELECT src_ip, service, day, actor_user, MIN(time) AS time, arg_min(uid, (time, uid)) AS uid FROM near WHERE status IN ('success', 'challenge') GROUP BY ALL),
        found AS (
            SELECT s.time, s.uid, s.src_ip, s.actor_user, s.service, COUNT(DISTINCT f.actor_user) AS accounts, list(f.uid ORDER BY f.time DESC, f.uid)[1:150] AS tried
            FROM firsts s JOIN near f ON f.src_ip = s.src_ip AND f.service = s.service AND f.day = s.day AND f.status = 'failure' AND f.actor_user <> s.actor_user AND f.time <= s.time
            GROUP BY ALL HAVING COUNT(DISTINCT f.actor_user) >= 8
        ), known AS (
            SELECT f.uid, COUNT(DISTINCT e.actor_user) AS others, COUNT(CASE WHEN e.actor_user = f.actor_user THEN 1 END) AS own
            FROM found f JOIN signs e ON e.src_ip = f.src_ip AND e.status = 'success' AND e.time < f.time - INTERVAL 24 HOUR GROUP BY f.uid
        )
        SELECT MIN(f.time) AS time, list_concat([arg_min(f.uid, (f.time, f.uid))], arg_min(f.tried, (f.time, f.uid))) AS events, f.src_ip, f.actor_user, f.service, MIN(f.accounts) AS accounts
        FROM found f LEFT JOIN known k ON k.uid = f.uid WHERE COALESCE(k.others, 0) < 3 AND COALESCE(k.own, 0) = 0
        GROUP BY f.src_ip, f.actor_user, f.service ORDER BY time, f.src_ip, f.actor_user
    """,
    entities={"src_ip": "ip:source", "actor_user": "user:actor"},
    suggests={"credential_guessing": Strength.DAMNING, "account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1110.003", "T1110.004", "T1078.004"),
    severity=5,
    warm_up="Eight people within a day.",
    blind_spots="A password that is found from one address and used from another; tries before midnight and the right one after it.",
)
