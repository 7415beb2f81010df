"""A script on a federation server asks for its configuration, or takes its signing key."""

from vidocq.behaviour.programs import SHELLS, name, one_of
from vidocq.model.belief import Detection, Strength

_TOOL = "regexp_extract(lower(COALESCE(json_extract_string(fields, '$.Data'), fields)), '([a-z0-9_.-]+[.]exe)', 1)"

DETECTION = Detection(
    id="identity.signing_key_taken",
    title="{program} on {host} {what}",
    why="The federation service keeps its signing keys in its own database and store. Only the service and its console open them: a shell that does takes them along.",
    of=("authentication",),
    sql=f"""
        WITH servers AS (
            SELECT DISTINCT b.host FROM authentication AS a JOIN base_event AS b ON b.uid = a.uid AND b.time = a.time WHERE a.service = 'adfs' AND b.host IS NOT NULL
            UNION SELECT DISTINCT host FROM process_activity WHERE lower(process) LIKE '%microsoft.identityserver.servicehost.exe'
        ), taken AS (
            SELECT time, uid, host, actor_user, {name('process')} AS program, 'opens the database of the federation service' AS what FROM file_activity
            WHERE protocol = 'pipe' AND operation = 'open' AND lower(file_name) LIKE '%microsoft##wid%tsql%query' AND {one_of('process', SHELLS)}
            UNION ALL SELECT time, uid, host, actor_user, {_TOOL}, 'takes a private key' FROM base_event
            WHERE type IN ('windows.capi2.70', 'windows.certificateservicesclient-lifecycle-system.1007') AND {_TOOL} IN ({', '.join(repr(s) for s in SHELLS)})
        )
        SELECT MIN(t.time) AS time, list(t.uid ORDER BY t.time, t.uid)[1:200] AS events, t.host, t.actor_user, t.program, t.what FROM taken AS t JOIN servers AS s ON s.host = t.host
        GROUP BY t.host, t.actor_user, t.program, t.what, time_bucket(INTERVAL 1 HOUR, t.time)
        QUALIFY COUNT(*) OVER (PARTITION BY t.host, t.program, t.what ORDER BY MIN(t.time) RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) = 0 ORDER BY time, t.host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1552.004", "T1606.002"),
    severity=4,
    warm_up="The server is known by what it issues, or by its service's process.",
    blind_spots="Programs that are no shell; certificates that are renewed by a script; logs of CAPI2 that are not switched on.",
)
