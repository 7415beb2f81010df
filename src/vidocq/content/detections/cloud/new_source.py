"""Credential used from a source never seen."""

from vidocq.behaviour.acting import OWNED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.new_source",
    title="{actor_user} acts from {src_ip}, where this identity was never seen",
    why="A stolen credential is used from where the thief is. The rightful owner has been seen working from a few places for days before.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT time, uid, digest, actor_user, actor_key, issuer, src_ip,
                MIN(time) OVER (PARTITION BY actor_user) AS born,
                ROW_NUMBER() OVER (PARTITION BY actor_user, src_ip ORDER BY time, uid) AS nth,
                COUNT(*) OVER (PARTITION BY actor_user ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS calls_before
            FROM api_activity WHERE src_ip IS NOT NULL AND actor_user IS NOT NULL AND invoked_by IS NULL
                AND {OWNED}
        )
        SELECT time, [uid] AS events, actor_user, actor_key, issuer, src_ip, calls_before - 1 AS calls_before, date_diff('hour', born, time) AS known_hours
        FROM calls WHERE nth = 1 AND calls_before > 20 AND time - born >= INTERVAL 24 HOUR
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"account_takeover": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=2,
    warm_up="A day of the identity's calls, and twenty of them.",
    blind_spots="A thief behind the owner's own proxy or VPN.",
)
