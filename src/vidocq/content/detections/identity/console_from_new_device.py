"""The console of administrators is opened from a device and an address the service never saw."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.console_from_new_device",
    title="{actor_user} opens {resource} from a new device and a new address",
    why="The service itself compares: an administrator with a new device at a new address is a thief with the session, or somebody with a new machine on a journey.",
    of=("api_activity",),
    sql="""
        SELECT time, [uid] AS events, actor_user, src_ip, COALESCE(resource, 'the console') AS resource, operation FROM api_activity
        WHERE service = 'okta' AND operation IN ('policy.evaluate_sign_on', 'user.session.access_admin_app', 'user.session.start') AND regexp_matches(lower(detail), 'new device[\\\\"]*[=:][\\\\" ]*positive')
            AND regexp_matches(lower(detail), 'new ip[\\\\"]*[=:][\\\\" ]*positive') AND (regexp_matches(lower(detail), 'admin console') OR operation = 'user.session.access_admin_app')
        ORDER BY time, uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.EXPECTED, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=3,
)
