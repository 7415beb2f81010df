"""The token of a program in the cluster is used from outside."""

from vidocq.behaviour.direction import private
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.token_outside",
    title="{actor_user}, which has always called from inside, calls from {src_ip}",
    why="A service account's token belongs to a container. From an address of the internet it is somebody else's.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, NOT {private('src_ip')} AS outside, MIN(time) OVER (PARTITION BY actor_user, account) AS born,
                COUNT(*) OVER (PARTITION BY actor_user, account ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS calls_before,
                COUNT(CASE WHEN NOT {private('src_ip')} THEN 1 END) OVER (PARTITION BY actor_user, account ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS outside_before
            FROM api_activity WHERE service = 'kubernetes' AND src_ip IS NOT NULL
                AND (actor_type IN ('ServiceAccount', 'Node') OR actor_user LIKE 'system:serviceaccount:%')
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, account, resource, operation, tool, calls_before - 1 AS calls_before
        FROM calls WHERE outside AND outside_before = 1 AND calls_before > 20 AND time - born >= INTERVAL 24 HOUR
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1528", "T1078.004"),
    severity=4,
    warm_up="A day of the identity's calls from inside, and twenty of them.",
    blind_spots="Clusters whose nodes reach the API by a public address: there all tokens are used from outside.",
)
