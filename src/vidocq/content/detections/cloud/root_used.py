"""The owner of the whole account signs in, or changes something."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.root_used",
    title="The root user of {account} does {operation} from {src_ip}",
    why="The root user can do everything and cannot be restrained. It is needed a few times a year, by one person who knows of it.",
    of=("api_activity",),
    sql="""
        WITH used AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, account, src_ip, CAST(time AS DATE) ORDER BY time, uid) AS nth
            FROM api_activity WHERE actor_type = 'Root' AND invoked_by IS NULL AND status = 'success' AND (operation = 'ConsoleLogin' OR read_only = FALSE)
        )
        SELECT time, [uid] AS events, actor_user, actor_key, src_ip, account, resource, operation, tool, mfa FROM used WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "account": "account:account"},
    suggests={"account_takeover": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=3,
    warm_up="None: the first use from each address of a day is told.",
    blind_spots="What the root user only looks at.",
)
