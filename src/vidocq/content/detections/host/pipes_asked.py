"""Somebody knocks at every pipe of a machine."""

from vidocq.model.belief import Detection, Strength

KINDS = 8
"""Different services behind pipes within a minute: a management console opens four or five."""
EACH = 4
"""Where the log does not say who asks: whoever tries them all opens each a few times, and a server that many ask is asked for the same ones over and over."""
SERVICES = "lsass|lsarpc|samr|netlogon|srvsvc|wkssvc|svcctl|atsvc|epmapper|eventlog|initshutdown|ntsvcs|scerpc|winreg|spoolss|router|browser|trkwks|w32time|efsrpc|protected_storage|plugplay|lsm_api_service|tapsrv|wiaserv|dnsserver|keysvc|msgsvc|ssdpsrv|w32time_alt|netdfs|fssagentrpc"

DETECTION = Detection(
    id="host.pipes_asked",
    title="{kinds} services of {host} are asked for by their pipes within a minute",
    why="Each service answers at a pipe of its own, and who needs one opens one. Whoever tries them all within seconds wants to know what there is.",
    of=("file_activity", "smb_activity"),
    sql=f"""
        WITH knocks AS (
            SELECT time, uid, host, CAST(NULL AS VARCHAR) AS actor_user, CAST(NULL AS VARCHAR) AS src_ip, ltrim(lower(file_name), '\\') AS pipe FROM file_activity WHERE protocol = 'pipe' AND operation = 'open' AND process = 'System'
            UNION ALL SELECT time, uid, host, actor_user, src_ip, lower(path) FROM smb_activity WHERE host IS NOT NULL AND lower(share) LIKE '%ipc$')
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, src_ip, COUNT(DISTINCT pipe) AS kinds FROM knocks
        WHERE regexp_full_match(pipe, '{SERVICES}') GROUP BY host, actor_user, src_ip, time_bucket(INTERVAL 1 MINUTE, time) HAVING COUNT(DISTINCT pipe) >= {KINDS} AND (src_ip IS NOT NULL OR COUNT(*) < {EACH} * COUNT(DISTINCT pipe)) ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"lateral_movement": Strength.DAMNING, "something_hostile": Strength.DAMNING, "vulnerability_scanner": Strength.EXPECTED, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1046", "T1018"),
    blind_spots="One among the many who ask a busy server, where the log does not say who asks. Somebody who asks for one service a day; scanners of one's own do just this.",
)
