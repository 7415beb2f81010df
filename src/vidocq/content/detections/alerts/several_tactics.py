"""Products name several tactics on one machine or person."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="alerts.several_tactics",
    title="Products name {tactics} tactics about {about} within a day",
    why="A false alarm repeats one tactic. An intrusion walks: it gets in, looks around, takes credentials, moves on.",
    of=("detection_finding",),
    sql="""
        WITH told AS (
            SELECT f.time, f.uid, lower(f.host) AS host, NULL AS actor_user, f.tactics FROM detection_finding f
            WHERE f.host IS NOT NULL AND f.severity >= 3 AND f.category IS DISTINCT FROM 'posture'
            UNION ALL SELECT f.time, f.uid, NULL, f.actor_user, f.tactics FROM detection_finding f
            WHERE f.actor_user IS NOT NULL AND f.host IS NULL AND f.severity >= 3 AND f.category IS DISTINCT FROM 'posture'
        ), steps AS (
            SELECT time, uid, host, actor_user, lower(replace(trim(tactic), ' ', '')) AS tactic FROM told, unnest(string_split(tactics, ',')) AS u(tactic)
            WHERE lower(trim(tactic)) NOT IN ('', 'unknown', 'none')
        ), back AS (
            SELECT time, uid, host, actor_user, list_sort(list_distinct(list(tactic) OVER w)) AS named, list(uid ORDER BY time, uid) OVER w AS events
            FROM steps WINDOW w AS (PARTITION BY host, actor_user ORDER BY time RANGE BETWEEN INTERVAL 24 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_sort(events) AS events, host, actor_user, len(named) AS tactics, COALESCE(host, actor_user) AS about
        FROM back WHERE len(named) >= 4 AND len(events) >= 2
        QUALIFY ROW_NUMBER() OVER (PARTITION BY host, actor_user, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, uid) = 1
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.TELLING, "account_takeover": Strength.EXPECTED},
    severity=4,
    warm_up="None.",
    blind_spots="Products that name no tactics; a test of defences walks the same way.",
)
