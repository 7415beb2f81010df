"""A program or an order is put on a machine through its hidden shares."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.hidden_share",
    title="{actor_user} from {src_ip} reaches {share}\\{path} on {host}",
    why="The shares C$ and ADMIN$ and the pipes of service control and task scheduling are there for administrators. A program that is laid down there, or an order through such a pipe, is run next.",
    of=("smb_activity",),
    sql=r"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, src_ip, share, lower(path) AS path, COUNT(*) AS times FROM smb_activity
        WHERE host IS NOT NULL AND (regexp_matches(lower(share), '(admin|[a-z])\$$') AND regexp_matches(lower(path), '\.(exe|dll|bat|ps1|vbs|sys|msi|hta|dmp|ntds|tmp)$|\\ntds|\\config\\(sam|system|security)$|__output|^__')
            OR regexp_matches(lower(share), 'ipc\$$') AND regexp_matches(lower(path), '^(svcctl|atsvc|winreg|remcom|psexe|paexec|csexec|efsrpc|eventlog|protected_storage)|remcom|psexe|stdin|stdout'))
            AND actor_user NOT LIKE '%$'
        GROUP BY host, actor_user, src_ip, share, lower(path), time_bucket(INTERVAL 1 MINUTE, time) ORDER BY time, host, path
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"lateral_movement": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "backup_replication": Strength.EXPECTED},
    techniques=("T1021.002",),
    blind_spots="Software distribution that uses the same shares; files that are fetched, not laid down.",
)
