"""An identity is made and given a key or rights at once."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.new_identity_armed",
    title="{actor_user} makes {target_user} and arms it",
    why="A new user with a key or an administrator's rights within the hour is a back door; onboarding gives a group and a password.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(CASE WHEN act = 'identity made' THEN 1 END) OVER recent AS made, list(uid ORDER BY time, uid) OVER recent AS near
            FROM api_activity WHERE act IN ('identity made', 'key made', 'rights granted') AND target_user IS NOT NULL AND status = 'success'
            WINDOW recent AS (PARTITION BY actor_user, target_user ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, near AS events, actor_user, actor_key, src_ip, issuer, new_key, target_user FROM calls WHERE made > 0 AND act <> 'identity made'
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "new_key": "key:issued"},
    suggests={"identity_persistence": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1136.003",),
    severity=4,
)
