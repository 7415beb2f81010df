"""Somebody signs in with another house's word for them, and that house issued none."""

from vidocq.model.belief import Detection, Strength

_KEY = r"lower(split_part(regexp_replace({0}, '^.*[\\/]', ''), '@', 1))"

DETECTION = Detection(
    id="identity.forged_token",
    title="{person} signs in to {service} with a federated token that no identity provider issued",
    why="A token is signed by the provider, which writes down each. Who has its signing key writes tokens of their own: the service lets them in, and the provider knows nothing of it.",
    of=("authentication",),
    sql=f"""
        WITH federated AS (
            SELECT time, uid, actor_user, src_ip, service, {_KEY.format('actor_user')} AS person FROM authentication
            WHERE status = 'success' AND src_ip IS NOT NULL AND actor_user IS NOT NULL AND COALESCE(logon_type, 'person') = 'person' AND (fields LIKE '%ADFederationServices%' OR (method = 'federated' AND service NOT IN ('adfs', 'okta')))
            UNION ALL
            SELECT time, uid, actor_user, src_ip, 'aws', {_KEY.format("COALESCE(NULLIF(split_part(new_session, ':', 2), ''), regexp_extract(actor_user, '[^:]*$'))")} FROM api_activity
            WHERE operation = 'AssumeRoleWithSAML' AND status = 'success' AND src_ip IS NOT NULL
        ), provider AS (
            SELECT DISTINCT time, service, {_KEY.format('actor_user')} AS person FROM authentication
            WHERE status = 'success' AND actor_user IS NOT NULL AND dst_ip IS NULL AND host IS NULL AND NOT (method = 'federated' AND service <> 'adfs') AND COALESCE(fields, '') NOT LIKE '%ADFederationServices%' AND COALESCE(logon_type, 'person') = 'person'
        ), vouched AS (
            -- One sign-in to the provider serves a working day.
            SELECT f.uid, f.service, COUNT(p.time) AS tokens FROM federated AS f LEFT JOIN provider AS p ON p.person = f.person AND p.service <> f.service AND p.time BETWEEN f.time - INTERVAL 12 HOUR AND f.time + INTERVAL 5 MINUTE GROUP BY f.uid, f.service
        ), judged AS (
            SELECT f.*, v.tokens > 0 AS known, COUNT(*) OVER before AS earlier, COUNT(*) FILTER (v.tokens > 0) OVER before AS earlier_known,
                COUNT(*) FILTER (v.tokens = 0) OVER (PARTITION BY f.person, f.service ORDER BY f.time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS own_unknown
            FROM federated AS f JOIN vouched AS v ON v.uid = f.uid AND v.service = f.service
            WINDOW before AS (PARTITION BY f.service ORDER BY f.time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 MINUTE PRECEDING)
        ), heard AS (
            -- Is the provider's log there at all at that time, from a day before until after?
            SELECT j.uid FROM judged AS j JOIN provider AS p ON p.service <> j.service WHERE NOT j.known
            GROUP BY j.uid, j.time HAVING MIN(p.time) <= j.time - INTERVAL 24 HOUR AND MAX(p.time) >= j.time AND COUNT(CASE WHEN p.time BETWEEN j.time - INTERVAL 12 HOUR AND j.time + INTERVAL 12 HOUR THEN 1 END) > 0
        ), lost AS (
            SELECT *, COUNT(*) OVER (PARTITION BY service ORDER BY time RANGE BETWEEN INTERVAL 2 HOUR PRECEDING AND INTERVAL 2 HOUR FOLLOWING) AS near,
                COUNT(DISTINCT person) OVER (PARTITION BY service ORDER BY time RANGE BETWEEN INTERVAL 2 HOUR PRECEDING AND INTERVAL 2 HOUR FOLLOWING) AS people
            FROM judged JOIN heard USING (uid) WHERE NOT known
        )
        SELECT MIN(time) AS time, list(DISTINCT uid ORDER BY uid)[1:200] AS events, actor_user, src_ip, person, service, COUNT(*) AS tokens
        FROM lost WHERE earlier >= 10 AND earlier_known * 10 >= earlier * 9 AND own_unknown = 0 AND people < 3
        GROUP BY actor_user, src_ip, person, service, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, actor_user
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1606.002", "T1550.001"),
    severity=5,
    warm_up="Ten federated sign-ins to the service, nine in ten of them known to a provider; a day of the provider's log.",
    blind_spots="A forged token for somebody who signed in to the provider that day; many forged at once, which look like a gap in its log; a provider whose log is not read, or that names people otherwise.",
)
