"""A sign-in to a store of data with a password alone, from an address not seen before."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.password_alone",
    title="{actor_user} signs in to {service} from {src_ip} with a password alone",
    why="A password that an infostealer took is enough where no second factor is asked for. It is then used from an address that the owner never used.",
    of=("api_activity",),
    sql="""
        WITH entered AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, service, src_ip ORDER BY time, uid) AS nth
            FROM api_activity
            WHERE mfa = FALSE AND read_only IS NULL AND status = 'success' AND src_ip IS NOT NULL AND actor_user IS NOT NULL AND regexp_matches(operation, '(?i)log_?in')
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, service, tool FROM entered WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=2,
    warm_up="None: the first sign-in from each address is told.",
    blind_spots="Programs have no second factor, and move when their machines do.",
)
