"""Credentials of a machine are used where the machine is not."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.instance_credentials_elsewhere",
    title="{actor_user} acts from {src_ip}, which is not the machine",
    why="A machine's role credentials leave the machine only in somebody's hands.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, FIRST_VALUE(src_ip) OVER (PARTITION BY actor_user ORDER BY time, uid) AS home FROM api_activity
            WHERE src_ip IS NOT NULL AND actor_type = 'AssumedRole' AND regexp_matches(actor_user, ':i-[0-9a-fA-F]{8,}$')
        ), people AS (
            SELECT src_ip, MIN(time) AS since FROM api_activity WHERE actor_type IN ('IAMUser', 'Root') AND src_ip IS NOT NULL GROUP BY src_ip
        )
        SELECT c.time, [c.uid] AS events, c.actor_user, c.actor_key, c.src_ip, c.issuer, c.home AS first_address, c.operation
        FROM calls c LEFT JOIN people p ON p.src_ip = c.src_ip AND p.since <= c.time WHERE c.src_ip <> c.home OR p.src_ip IS NOT NULL
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"credential_theft": Strength.TELLING, "account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1552.005",),
    severity=4,
    blind_spots="A machine with several addresses; a thief who stays on the machine.",
)
