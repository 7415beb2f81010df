"""What protects the machine is turned off."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

COMMANDS = r"set-mppreference.*-(disable|exclusion)|add-mppreference.*exclusion|sc(\.exe)?\"? +(config|stop|delete) +\"?(windefend|wdnissvc|sense|mpssvc|wscsvc|csagent|cbdefense|sysmon)|netsh.*(advfirewall.*off|firewall.*(disable|add))|net1? +stop +\"?(windefend|sense|mpssvc)|uninstall.*(defender|endpoint)|fltmc.* unload|setenforce 0|ufw disable|iptables -f|systemctl (stop|disable) (auditd|falco|apparmor|firewalld)"
KEYS = r"\\windows defender\\(.*\\)?(disable[a-z]+|exclusions\\.*|tamperprotection)$|\\policies\\microsoft\\windows defender\\|\\lsa\\(runasppl|disablerestrictedadmin|limitblankpassworduse)$|\\amsi\\|\\scriptblocklogging\\enable|\\terminal server\\(fdenytsconnections|fsinglesessionperuser|winstations\\rdp-tcp\\(portnumber|userauthentication|securitylayer))|\\terminal services\\shadow$|\\wdigest\\uselogoncredential$|\\policies\\system\\(enablelua|consentpromptbehavioradmin|localaccounttokenfilterpolicy)$"

DETECTION = Detection(
    id="host.guard_down",
    title="What protects {host} is turned off by {program}: {command}",
    why="Protection and its records are in the way of whoever comes after. Their owner turns them off by policy and for all machines, not by a command on one.",
    of=(),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, substr(command, 1, 300) AS command, ['T1562.001'] AS techniques FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{COMMANDS}')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, substr(path || ' = ' || value, 1, 300), CASE WHEN lower(path) LIKE '%terminal s%' THEN ['T1021.001', 'T1112'] WHEN lower(path) LIKE '%wdigest%' THEN ['T1112', 'T1003.001'] ELSE ['T1562.001', 'T1112'] END
        FROM registry_activity WHERE operation = 'set' AND regexp_matches(lower(path), '{KEYS}') AND {name('process')} NOT IN ('msmpeng.exe', 'services.exe', 'svchost.exe', 'setup.exe') AND NOT (regexp_matches(lower(path), 'disable[a-z]+$') AND COALESCE(value, '') LIKE '%0x00000000%')
        UNION ALL SELECT time, [uid], host, actor_user, NULL, 'audit policy', detail, ['T1562.002'] FROM event_log_activity WHERE operation = 'change audit policy' AND actor_user NOT LIKE '%$'
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    blind_spots="Protection that is blinded rather than turned off.",
)
