"""A second factor is removed or replaced, and then a sign-in comes from elsewhere."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.factor_swapped",
    title="{actor_user} signs in from {src_ip}, never used before, after {operation}",
    why="Who talks a service desk into a reset, or holds the password, puts a factor of their own in place and signs in from where they are. After a lost telephone the person signs in from the usual place.",
    of=("authentication", "api_activity"),
    sql="""
        WITH swaps AS (SELECT time, uid, COALESCE(target_user, actor_user) AS person, operation FROM api_activity WHERE act IN ('second factor removed', 'second factor added') AND status = 'success'),
        signs AS (SELECT time, uid, actor_user, src_ip, service FROM authentication WHERE status = 'success' AND src_ip IS NOT NULL AND actor_user IS NOT NULL),
        found AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, MAX(w.operation) AS operation, list(w.uid ORDER BY w.time, w.uid)[1:50] AS swapped
            FROM signs s JOIN swaps w ON w.person = s.actor_user AND s.time > w.time AND s.time <= w.time + INTERVAL 24 HOUR GROUP BY ALL
        )
        SELECT MIN(f.time) AS time, list_concat(arg_min(f.swapped, (f.time, f.uid)), [arg_min(f.uid, (f.time, f.uid))]) AS events, f.actor_user, f.src_ip, f.service, MIN(f.operation) AS operation FROM found f
        WHERE NOT EXISTS (SELECT 1 FROM signs e WHERE e.actor_user = f.actor_user AND e.src_ip = f.src_ip AND e.time < f.time - INTERVAL 24 HOUR)
            AND (SELECT COUNT(*) FROM signs e WHERE e.actor_user = f.actor_user AND e.time < f.time - INTERVAL 24 HOUR) >= 5
        GROUP BY f.actor_user, f.src_ip, f.service ORDER BY time, f.actor_user, f.src_ip
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.TELLING, "identity_persistence": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    techniques=("T1556.006", "T1098.005"),
    severity=4,
    warm_up="Five of the person's sign-ins a day before.",
    blind_spots="A new telephone that is set up over its own network looks alike.",
)
