"""Secrets are listed in all namespaces, or in several."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.secrets_everywhere",
    title="{actor_user} lists the secrets of {places}",
    why="A list of secrets holds their values. A controller asks once and then watches; who lists the secrets of everybody collects them.",
    of=("api_activity",),
    sql="""
        WITH lists AS (
            SELECT *, CASE WHEN resource LIKE '%/%' THEN split_part(resource, '/', 1) END AS namespace,
                COUNT(*) OVER (PARTITION BY actor_user, account, resource ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier,
                COUNT(CASE WHEN operation = 'watch secrets' THEN 1 END) OVER (PARTITION BY actor_user, account, tool ORDER BY time
                    RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND INTERVAL 10 MINUTE FOLLOWING) AS watched
            FROM api_activity WHERE service = 'kubernetes' AND act = 'secret read' AND status = 'success' AND regexp_matches(resource, '^([^/]+/)?secrets$')
        ), counted AS (
            SELECT *, COUNT(DISTINCT namespace) OVER recent AS n, list(uid ORDER BY time, uid) OVER recent AS near
            FROM lists WHERE earlier < 3 AND (actor_type IS DISTINCT FROM 'ServiceAccount' OR watched = 0)
            WINDOW recent AS (PARTITION BY actor_user, account ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), marked AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, account, namespace IS NULL, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
            FROM counted WHERE namespace IS NULL OR n >= 3
        )
        SELECT time, near[-200:] AS events, ['T1552.007'] AS techniques, actor_user, actor_key, src_ip, account, operation, tool,
            CASE WHEN namespace IS NULL THEN 'all namespaces' ELSE n || ' namespaces' END AS places
        FROM marked WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=4,
    blind_spots="Secrets of one namespace, or read one by one and slowly.",
)
