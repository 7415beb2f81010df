"""An identity calls with a client it never used."""

from vidocq.behaviour.acting import OWNED
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.new_tool",
    title="{actor_user} calls with {tool}, never used by this identity",
    why="A thief brings their own tools: who always clicked in the console suddenly calls from a command line.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, MIN(time) OVER (PARTITION BY actor_user) AS born, ROW_NUMBER() OVER (PARTITION BY actor_user, tool ORDER BY time, uid) AS nth,
                COUNT(*) OVER (PARTITION BY actor_user ORDER BY time, uid ROWS UNBOUNDED PRECEDING) AS calls_before
            FROM api_activity WHERE src_ip IS NOT NULL AND invoked_by IS NULL AND {OWNED}
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, issuer, tool, calls_before - 1 AS calls_before
        FROM calls WHERE nth = 1 AND tool NOT IN ('', 'aws service') AND calls_before > 20 AND time - born >= INTERVAL 24 HOUR
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"account_takeover": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=2,
    warm_up="A day of the identity's calls, and twenty of them.",
    blind_spots="Whoever calls may claim any client.",
)
