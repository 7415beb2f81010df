"""One identity downloads a great many files within an hour."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.download_burst",
    title="{actor_user} downloads {within_an_hour} files from {service} within an hour",
    why="People open files one after another. Hundreds within an hour, by somebody who never did so before, are taken to be kept: before leaving, or by a thief.",
    of=("api_activity",),
    sql="""
        WITH taken AS (
            SELECT * FROM api_activity WHERE read_only IS NULL AND resource IS NOT NULL AND regexp_matches(operation, '(?i)(^|[._ ])(file_?)?download(ed|s)?($|[._ ])')
        ), counted AS (
            SELECT *, COUNT(DISTINCT resource) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near,
                COUNT(DISTINCT resource) OVER (PARTITION BY actor_user, service ORDER BY time RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS n_before
            FROM taken WINDOW recent AS (PARTITION BY actor_user, service ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_slice(near, 1, 200) AS events, actor_user, actor_key, src_ip, service, tool, n AS within_an_hour, n_before AS before
        FROM counted WHERE n >= 200 AND n_before < n / 2
        QUALIFY ROW_NUMBER() OVER (PARTITION BY actor_user, service, time_bucket(INTERVAL 6 HOUR, time) ORDER BY time, uid) = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.EXPECTED},
    techniques=("T1213",),
    severity=3,
    warm_up="None; what the identity took on days before speaks for it.",
    blind_spots="A client that synchronises a new machine looks the same.",
)
