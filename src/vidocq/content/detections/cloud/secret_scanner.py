"""A tool that tries out found keys calls with one of them."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.secret_scanner",
    title="{tool} tries a credential of {actor_user} from {src_ip}",
    why="Tools that search code for keys try each one they find. A call with their name says that a live key of ours lies where somebody found it, whoever it was.",
    of=("api_activity",),
    sql="""
        WITH tried AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, actor_key, src_ip ORDER BY time, uid) AS nth
            FROM api_activity WHERE invoked_by IS NULL AND regexp_matches(user_agent, '(?i)trufflehog|gitleaks|keyhacks|aws_key_triage|quiet-riot|nuclei')
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, issuer, operation, service, user_agent, tool, error FROM tried WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer"},
    suggests={"account_takeover": Strength.EXPECTED, "credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    techniques=("T1552.001", "T1078.004"),
    severity=4,
    blind_spots="A tool that calls itself otherwise. The owner's own scan looks the same, and is found as well.",
)
