"""An identity finds out what the cluster holds and what it may do there."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.inventory",
    title="{actor_user} asks for {kinds} kinds of things within ten minutes",
    why="Who has come in with a token asks what it may do and lists everything: pods, secrets, roles, nodes. A program asks for what it needs, as every day.",
    of=("api_activity",),
    sql="""
        WITH asked AS (
            SELECT *, CASE WHEN read_only AND operation LIKE 'list %' OR operation LIKE '%selfsubject%' THEN operation END AS kind
            FROM api_activity WHERE service = 'kubernetes' AND actor_type IN ('User', 'ServiceAccount')
        ), counted AS (
            SELECT *, COUNT(DISTINCT kind) OVER recent AS kinds, COUNT(CASE WHEN operation LIKE 'watch %' THEN 1 END) OVER recent AS watched,
                COUNT(CASE WHEN NOT read_only AND kind IS NULL THEN 1 END) OVER recent AS writes
            FROM asked WINDOW recent AS (PARTITION BY actor_user, account, src_ip ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), judged AS (
            SELECT *, MAX(kinds) OVER (PARTITION BY actor_user, account ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 HOUR PRECEDING) AS usual,
                ROW_NUMBER() OVER (PARTITION BY actor_user, account, src_ip, kind, time_bucket(INTERVAL 10 MINUTE, time) ORDER BY time, uid) AS nth
            FROM counted
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, account, kinds, COALESCE(usual, 0) AS usual
        FROM judged WHERE kind IS NOT NULL AND nth = 1 AND kinds >= 8 AND watched = 0 AND writes < 3 AND kinds > 1.5 * COALESCE(usual, 0)
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1613",),
    severity=2,
    blind_spots="Inventory taken slowly; consoles that list everything and watch it.",
)
