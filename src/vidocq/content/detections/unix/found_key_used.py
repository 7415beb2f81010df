"""Somebody looks for private keys on a host, and soon goes on to another with one."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

LOOKS = r"^(find|cat|ls|less|head|grep|tar|cp|locate|base64)$"
KEYS = r"id_(rsa|dsa|ecdsa|ed25519|\*|\[)|\.pem\b|BEGIN .*PRIVATE KEY"
ONWARD = r"^(ssh|scp|sftp|rsync)$"

DETECTION = Detection(
    id="unix.found_key_used",
    title="{actor_user} looks for private keys on {host}, and {minutes} minutes later goes on with one: {command}",
    why="Whose key it is need not look for it. Who reads the keys that lie about on a server and then opens the next server with one goes from door to door.",
    of=("process_activity",),
    sql=f"""
        WITH looked AS (
            SELECT time, uid, host, actor_user FROM process_activity WHERE operation = 'start' AND process LIKE '/%' AND actor_user IS NOT NULL AND regexp_matches({name('process')}, '{LOOKS}') AND regexp_matches(command, '{KEYS}')
        ), onward AS (
            SELECT time, uid, host, actor_user, process_guid, substr(command, 1, 300) AS command, NULLIF(regexp_extract(command, '([0-9]{{1,3}}([.][0-9]{{1,3}}){{3}})', 1), '') AS dst_ip
            FROM process_activity WHERE operation = 'start' AND process LIKE '/%' AND regexp_matches({name('process')}, '{ONWARD}') AND regexp_matches(command, '(^| )-i *[^ ]')
        )
        SELECT o.time, list_concat(list(l.uid ORDER BY l.time, l.uid)[1:20], [o.uid]) AS events, o.host, o.actor_user, o.process_guid, o.command, o.dst_ip, CAST(CEIL(date_diff('second', MIN(l.time), o.time) / 60.0) AS INTEGER) AS minutes
        FROM onward o JOIN looked l ON l.host = o.host AND l.actor_user = o.actor_user AND l.time <= o.time AND l.time >= o.time - INTERVAL 1 HOUR
        GROUP BY o.time, o.uid, o.host, o.actor_user, o.process_guid, o.command, o.dst_ip ORDER BY o.time, o.uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "dst_ip": "ip:target"},
    suggests={"lateral_movement": Strength.TELLING, "credential_theft": Strength.TELLING, "host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1552.004", "T1021.004"),
    severity=4,
    warm_up="Within an hour.",
    blind_spots="A key that is carried off and used elsewhere; an agent that holds it, so that no command names it. An administrator who looks which of their own keys fits does the same.",
)
