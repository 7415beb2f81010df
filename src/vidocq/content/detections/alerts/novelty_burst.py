"""Many kinds of alert begin on one machine."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="alerts.novelty_burst",
    title="{kinds} kinds of alert began on {host} within two hours",
    why="Each rule alone is noise somewhere. A machine that sets off eight it had never set off, within two hours, is being attacked or has changed its work.",
    of=("detection_finding",),
    sql="""
        WITH firsts AS (
            SELECT lower(host) AS host, COALESCE(title, rule) AS kind, MIN(time) AS time, arg_min(uid, (time, uid)) AS uid,
                arg_min(COALESCE(product, source), (time, uid)) AS product
            FROM detection_finding WHERE host IS NOT NULL AND category IS DISTINCT FROM 'posture' GROUP BY ALL
        ), heard AS (SELECT MIN(time) AS began FROM detection_finding),
        recent AS (
            SELECT host, kind, time, COUNT(*) OVER back AS kinds, list(uid ORDER BY time, uid) OVER back AS events, list_sort(list(product) OVER back) AS products
            FROM firsts, heard WHERE time >= began + INTERVAL 24 HOUR
            WINDOW back AS (PARTITION BY host ORDER BY time RANGE BETWEEN INTERVAL 2 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_sort(events) AS events, host, kinds, len(list_distinct(products)) AS products
        FROM recent WHERE kinds >= 8
        QUALIFY ROW_NUMBER() OVER (PARTITION BY host, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, kind) = 1
    """,
    entities={"host": "host:host"},
    suggests={"host_compromise": Strength.EXPECTED, "exploited_service": Strength.EXPECTED, "sensor_noise": Strength.EXPECTED},
    severity=4,
    warm_up="A day of alerts.",
    blind_spots="New rules rolled out to a sensor make many kinds begin at once.",
)
