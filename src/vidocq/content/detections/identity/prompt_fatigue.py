"""A burst of refused prompts, and then one that is approved."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.prompt_fatigue",
    title="{actor_user} lets {prompts} prompts pass and approves the next ({service})",
    why="Who has the password sends prompts until the owner gives in. A telephone without signal misses some too: then the sign-in comes from where the person always works.",
    of=("authentication",),
    sql="""
        WITH pushes AS (SELECT time, uid, actor_user, src_ip, service, status FROM authentication WHERE method = 'push' AND actor_user IS NOT NULL),
        found AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, COUNT(*) AS prompts, list(f.uid ORDER BY f.time, f.uid)[1:150] AS refused, MIN(f.time) AS began
            FROM pushes s JOIN pushes f ON f.actor_user = s.actor_user AND f.service = s.service AND f.status = 'failure' AND f.time <= s.time AND f.time >= s.time - INTERVAL 1 HOUR
            WHERE s.status = 'success' GROUP BY ALL HAVING COUNT(*) >= 5
        )
        SELECT MIN(time) AS time, list_concat(arg_min(refused, (time, uid)), [arg_min(uid, (time, uid))]) AS events, actor_user, arg_min(src_ip, (time, uid)) AS src_ip, service, MIN(prompts) AS prompts
        FROM found f WHERE src_ip IS NOT NULL AND NOT EXISTS (SELECT 1 FROM authentication e WHERE e.actor_user = f.actor_user AND e.src_ip = f.src_ip AND e.status = 'success' AND e.time < f.began - INTERVAL 12 HOUR)
        GROUP BY actor_user, service, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, actor_user
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    # The second factor was worn down: that it was given excuses nothing, and no journey explains the refusals.
    suggests={"account_takeover": Strength.DAMNING, "something_hostile": Strength.DAMNING, "travel_new_device": Strength.RULES_OUT, "administration_by_hand": Strength.UNEXPECTED},
    techniques=("T1621",),
    severity=5,
    warm_up="Five prompts within an hour.",
    blind_spots="An owner who gives in at once; sign-ins whose log names no address.",
)
