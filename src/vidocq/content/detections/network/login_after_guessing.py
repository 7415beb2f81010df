"""After many short sessions with a login service comes a real one: a password was found."""

from vidocq.behaviour.signing_in import one_try
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.login_after_guessing",
    title="After {tries} tries {src_ip} is let in by {dst_ip}",
    why="A session that lasts, after a dozen that ended at once, or an acceptance after as many refusals, is what guessing is for.",
    # Flows show the shape, logs of sign-ins say it outright; either will do.
    of=("network_activity", "authentication"),
    sql=f"""
        WITH logins AS (
            SELECT time, uid, src_ip, dst_ip, dst_port, duration, COALESCE(bytes_out, 0) + COALESCE(bytes_in, 0) AS bytes FROM network_activity WHERE protocol = 'tcp' AND established
                AND (dst_port IN (21, 22, 23, 2222, 3389, 5900) OR app IN ('ssh', 'rdp', 'ftp', 'telnet'))
        ), shapes AS (
            SELECT s.time + INTERVAL 1 MINUTE AS time, s.uid, s.src_ip, s.dst_ip, CAST(NULL AS VARCHAR) AS actor_user, COUNT(*) AS tries, list(t.uid ORDER BY t.time DESC, t.uid)[1:150] AS tried
            FROM logins s JOIN logins t ON t.src_ip = s.src_ip AND t.dst_ip = s.dst_ip AND t.dst_port = s.dst_port AND t.duration < 60 AND t.time < s.time AND t.time >= s.time - INTERVAL 15 MINUTE
            WHERE s.duration >= 60 GROUP BY ALL HAVING COUNT(*) >= 10 AND ANY_VALUE(s.bytes) >= 3 * MAX(t.bytes)
        ), signs AS (
            SELECT s.time, s.uid, s.src_ip, COALESCE(s.dst_ip, s.host) AS dst_ip, s.actor_user, COUNT(*) AS tries, list(f.uid ORDER BY f.time DESC, f.uid)[1:150] AS tried
            FROM authentication s JOIN authentication f ON f.src_ip = s.src_ip AND COALESCE(f.dst_ip, f.host) = COALESCE(s.dst_ip, s.host)
                AND f.status = 'failure' AND f.time <= s.time AND f.time >= s.time - INTERVAL 1 HOUR
            WHERE s.status = 'success' AND COALESCE(s.service, '') NOT LIKE '%console%' GROUP BY ALL HAVING COUNT(*) >= 10
        ), counted AS (
            -- A service that all the world signs in to is no target of its own: there the person is, since colleagues share an address. And a telephone with
            -- yesterday's password tries from where its owner always is.
            SELECT *, COUNT(CASE WHEN status = 'failure' THEN 1 END) OVER (PARTITION BY src_ip, actor_user ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS tries,
                COUNT(CASE WHEN status = 'success' THEN 1 END) OVER (PARTITION BY src_ip, actor_user ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS before
            FROM (
                SELECT * FROM authentication WHERE dst_ip IS NULL AND host IS NULL AND src_ip IS NOT NULL AND actor_user IS NOT NULL AND COALESCE(service, '') NOT LIKE '%console%'
                QUALIFY ROW_NUMBER() OVER (PARTITION BY {one_try()}, src_ip ORDER BY time, uid) = 1
            )
        ), people AS (
            SELECT s.time, s.uid, s.src_ip, CAST(NULL AS VARCHAR) AS dst_ip, s.actor_user, s.tries, list(f.uid ORDER BY f.time DESC, f.uid)[1:150] AS tried
            FROM counted s JOIN counted f ON f.src_ip = s.src_ip AND f.actor_user = s.actor_user AND f.status = 'failure' AND f.time <= s.time AND f.time >= s.time - INTERVAL 1 HOUR
            WHERE s.status = 'success' AND s.tries >= 10 AND s.before = 0 GROUP BY ALL
        ), found AS (SELECT * FROM shapes UNION ALL SELECT * FROM signs UNION ALL SELECT * FROM people)
        SELECT MIN(time) AS time, list_concat([arg_min(uid, (time, uid))], arg_min(tried, (time, uid))) AS events, src_ip, dst_ip, MIN(actor_user) AS actor_user, arg_min(tries, (time, uid)) AS tries, COUNT(*) AS sessions
        FROM found WHERE src_ip IS NOT NULL GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:target", "actor_user": "user:actor"},
    suggests={"credential_guessing": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1110", "T1078"),
    severity=4,
    warm_up="Ten tries within a quarter of an hour (flows), ten refusals within an hour (sign-ins).",
    blind_spots="A password that fits early; one that is used from another address.",
)
