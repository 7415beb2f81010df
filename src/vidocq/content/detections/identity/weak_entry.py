"""A person signs in for the first time by a way around the second factor."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.weak_entry",
    title="{actor_user} signs in by {logon_type} from {src_ip}, for the first time",
    why="Old mail protocols, a password handed to a program and a code typed elsewhere know no second factor: stolen passwords and lured codes are used there. Scanners and old programs use them too, always.",
    of=("authentication",),
    sql="""
        SELECT time, [uid] AS events, actor_user, src_ip, service, logon_type, client FROM authentication
        WHERE status = 'success' AND logon_type IN ('legacy', 'device code', 'password handed over') AND actor_user IS NOT NULL
        QUALIFY ROW_NUMBER() OVER (PARTITION BY actor_user, logon_type, service ORDER BY time, uid) = 1 ORDER BY time, uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.EXPECTED, "broken_client": Strength.NEUTRAL},
    techniques=("T1078.004", "T1528"),
    severity=2,
    blind_spots="Who signed in so before the log begins is told of once.",
)
