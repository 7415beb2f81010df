"""A service is made on a machine from another one."""

from vidocq.behaviour.programs import dropped, interpreted
from vidocq.model.belief import Detection, Strength

SYSTEM = r"^\"?([a-z]:\\windows|%systemroot%|%windir%|\\systemroot)\\"
"""The system's own folder, as service control writes it."""

DETECTION = Detection(
    id="host.remote_service",
    title="{actor_user} from {src_ip} makes the service {called} on {host}: {command}",
    why="Whoever opens service control from another machine and has a service made there at once runs a program on it. Software distribution does so with programs that are installed; a strange program in the system's own folder was just laid there.",
    of=("job_activity", "smb_activity"),
    sql=rf"""
        SELECT j.time, [j.uid, s.uid] AS events, j.host, s.actor_user, s.src_ip, j.name AS called, substr(j.command, 1, 300) AS command FROM job_activity AS j JOIN smb_activity AS s
            ON s.host = j.host AND lower(s.share) LIKE '%ipc$' AND lower(s.path) = 'svcctl' AND s.actor_user NOT LIKE '%$' AND s.time BETWEEN j.time - INTERVAL 1 MINUTE AND j.time + INTERVAL 5 SECOND
        WHERE j.kind = 'service' AND j.operation = 'create' AND s.src_ip IS NOT NULL AND s.src_ip NOT IN ('127.0.0.1', '::1')
            AND ({interpreted('j.command')} OR {dropped('j.command')} OR regexp_matches(lower(j.command), '{SYSTEM}(system32\\|syswow64\\)?[^\\]+\.exe'))
            AND NOT regexp_matches(lower(j.command), '{SYSTEM}((system32\\|syswow64\\)(svchost|dllhost|msiexec|spoolsv|lsass)|psexesvc|paexec[^\\]*)\.exe(\"|$| )')
        QUALIFY ROW_NUMBER() OVER (PARTITION BY j.host, j.name, time_bucket(INTERVAL 1 MINUTE, j.time) ORDER BY j.time, j.uid, s.time, s.uid) = 1 ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"lateral_movement": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    techniques=("T1021.002", "T1569.002", "T1543.003"),
    severity=4,
    blind_spots="Services that are changed, not made; names of programs that pass for an agent's.",
)
