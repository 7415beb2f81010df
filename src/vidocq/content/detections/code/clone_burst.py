"""One identity takes many repositories within an hour."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.clone_burst",
    title="{actor_user} takes {within_an_hour} repositories within an hour",
    why="People work in a handful of repositories. Who takes dozens at once, and never did before, copies the company's code, and reads it for secrets at leisure.",
    of=("api_activity",),
    sql="""
        WITH taken AS (
            SELECT * FROM api_activity WHERE service = 'github' AND operation IN ('git.clone', 'repo.download_zip') AND resource IS NOT NULL
        ), counted AS (
            SELECT *, COUNT(DISTINCT resource) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near,
                COUNT(DISTINCT resource) OVER (PARTITION BY actor_user ORDER BY time RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS n_before
            FROM taken WINDOW recent AS (PARTITION BY actor_user ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_slice(near, 1, 200) AS events, actor_user, actor_key, src_ip, tool, n AS within_an_hour, n_before AS before
        FROM counted WHERE n >= 20 AND n_before < n / 2
        QUALIFY ROW_NUMBER() OVER (PARTITION BY actor_user, time_bucket(INTERVAL 6 HOUR, time) ORDER BY time, uid) = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"exfiltration": Strength.TELLING, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1213.003",),
    severity=4,
    warm_up="None; what the identity took on days before speaks for it.",
    blind_spots="A thief who takes a few a day; a machine that mirrors everything for the first time looks the same.",
)
