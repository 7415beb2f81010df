"""Somebody finds out whether the account may send mail, and how much."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.mail_inquiry",
    title="{actor_user} asks how much mail the account may send ({operation})",
    why="Stolen keys are sold by what mail they can send: the first thing that is tried with one is the quota. Who sends mail for a living asks it every day.",
    of=("api_activity",),
    sql="""
        WITH asked AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY COALESCE(issuer, actor_user), operation ORDER BY time, uid) AS nth
            FROM api_activity WHERE service IN ('ses', 'email', 'sesv2') AND invoked_by IS NULL
                AND operation IN ('GetAccount', 'GetAccountSendingEnabled', 'GetSendQuota', 'GetSendStatistics', 'ListIdentities', 'ListEmailIdentities',
                    'GetIdentityVerificationAttributes', 'UpdateAccountSendingEnabled', 'PutAccountDetails')
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, issuer, operation, tool, error FROM asked WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"cloud_reconnaissance": Strength.EXPECTED},
    techniques=("T1580",),
    severity=2,
    warm_up="None: the first question of each kind is told.",
)
