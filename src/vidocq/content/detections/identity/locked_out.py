"""An account is locked, or a caller is slowed down."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.locked_out",
    title="{service}: {actor_user} is locked out ({operation})",
    why="An account is locked after many wrong passwords: somebody guesses, or a telephone still knows the old one. One alert for each person and hour.",
    of=("api_activity",),
    sql="""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS times, COALESCE(target_user, actor_user) AS actor_user, src_ip, service, MIN(operation) AS operation
        FROM api_activity WHERE act = 'account locked' OR (service = 'okta' AND operation IN ('user.account.lock', 'user.account.lock.limit', 'system.operation.rate_limit.violation', 'system.org.rate_limit.violation'))
            OR (service = 'entra' AND starts_with(COALESCE(error, ''), '50053'))
        GROUP BY COALESCE(target_user, actor_user), src_ip, service, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, actor_user, src_ip
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"credential_guessing": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1110",),
    severity=2,
    blind_spots="Who guesses slowly locks nobody out.",
)
