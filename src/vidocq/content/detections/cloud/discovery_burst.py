"""An identity takes inventory of the account."""

from vidocq.behaviour.acting import CLICKS
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.discovery_burst",
    title="{actor_user} lists {kinds} kinds of things within ten minutes",
    why="Who has just come in looks around: identities, machines, buckets, databases, all within minutes. An owner knows what there is.",
    of=("api_activity",),
    sql=f"""
        WITH reads AS (
            SELECT *, CASE WHEN read_only THEN service || ':' || operation END AS asked, CASE WHEN read_only THEN service END AS of_service
            FROM api_activity WHERE src_ip IS NOT NULL AND invoked_by IS NULL AND NOT {CLICKS}
        ), counted AS (
            SELECT *, COUNT(DISTINCT asked) OVER recent AS kinds, COUNT(DISTINCT of_service) OVER recent AS services,
                COUNT(CASE WHEN NOT read_only THEN 1 END) OVER recent AS writes
            FROM reads WINDOW recent AS (PARTITION BY actor_user, tool, src_ip ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        ), judged AS (
            SELECT *, MAX(kinds) OVER (PARTITION BY COALESCE(issuer, actor_user) ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 1 HOUR PRECEDING) AS usual,
                ROW_NUMBER() OVER (PARTITION BY actor_user, src_ip, asked, time_bucket(INTERVAL 10 MINUTE, time) ORDER BY time, uid) AS nth
            FROM counted
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, issuer, kinds, services, COALESCE(usual, 0) AS usual
        FROM judged WHERE read_only AND nth = 1 AND kinds >= 8 AND services >= 3 AND writes < 3 AND kinds > 1.5 * COALESCE(usual, 0)
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1580", "T1526",),
    severity=2,
    blind_spots="Inventory taken slowly, or in the console.",
)
