"""A person's sign-in that no person made, or that follows a new password."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.sign_in",
    title="Console sign-in of {actor_user} with {tool}, without a second factor",
    why="People sign in with a browser and a second factor. A program, or somebody just given a password by another, does not.",
    of=("api_activity",),
    sql="""
        SELECT s.time, [s.uid] AS events, s.actor_user, s.actor_key, s.src_ip, s.issuer, s.tool, MAX(r.actor_user) AS password_set_by
        FROM api_activity s LEFT JOIN api_activity r ON r.act = 'password set' AND r.status = 'success'
            AND r.time BETWEEN s.time - INTERVAL 24 HOUR AND s.time
            AND r.operation = 'UpdateLoginProfile' AND s.actor_session LIKE '%/' || r.target_user AND r.actor_user <> s.actor_user
        WHERE s.operation = 'ConsoleLogin' AND s.status = 'success' AND s.mfa IS NOT TRUE AND s.actor_type IN ('IAMUser', 'Root')
        GROUP BY s.time, s.uid, s.actor_user, s.actor_key, s.src_ip, s.issuer, s.tool HAVING s.tool <> 'console' OR COUNT(r.uid) > 0
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING},
    techniques=("T1078.004",),
    severity=3,
    blind_spots="Sign-in through an identity provider, whose second factor is not in this log.",
)
