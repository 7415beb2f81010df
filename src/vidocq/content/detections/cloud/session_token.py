"""A permanent key is turned into a session, without a second factor."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.session_token",
    title="{actor_user} turns a permanent key into a session from {src_ip}",
    why="A session lives on for hours after the key it came from is disabled. People make one to show their second factor; without it there is little reason.",
    of=("api_activity",),
    sql="""
        WITH made AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, src_ip ORDER BY time, uid) AS nth
            FROM api_activity WHERE act = 'session token made' AND status = 'success' AND invoked_by IS NULL AND actor_type IN ('IAMUser', 'Root')
                AND COALESCE(detail, '') NOT ILIKE '%serialNumber%'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, new_key, operation, tool FROM made WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "new_key": "key:issued"},
    suggests={"account_takeover": Strength.EXPECTED, "identity_persistence": Strength.EXPECTED},
    severity=2,
    warm_up="None: the first from each address is told.",
)
