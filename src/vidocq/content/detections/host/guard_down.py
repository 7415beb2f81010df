"""What protects the machine is turned off."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

GUARDS = r"windefend|wdnissvc|wdfilter|wdboot|sense|mpssvc|wscsvc|securityhealthservice|csagent|csfalconservice|sentinel\w*|cbdefense|carbonblack\w*|cyserver|sophos\w*|savservice|mcshield|mfe\w+|ekrn|avp\w*|bdservicehost|xagt|elasticendpoint"
"""Services that protect. Source: learn.microsoft.com; the makers' own pages."""
COMMANDS = (
    r"set-mppreference.*-(disable|exclusion)|add-mppreference.*exclusion|sc(\.exe)?\"? +(\\\\\S+ +)?(config +\"?(" + GUARDS + r")\b.*disabled|(stop|delete) +\"?(" + GUARDS + r")\b)|netsh.*(advfirewall.*state +off|firewall.*mode.*disable)"
    r"|net1? +stop +\"?(windefend|sense|mpssvc)|fltmc.* unload|setenforce 0|ufw disable|iptables -f|systemctl (stop|disable) (auditd|falco|apparmor|firewalld)"
)
_ON, _OFF = r"(0x0*[1-9a-f][0-9a-f]*\)?|[1-9][0-9]*)$", r"(0x0+\)?|0)$"
KEYS = (
    # path, and the value by which it protects no longer. Source: attack.mitre.org T1562.001, T1112; learn.microsoft.com, the policies of these names.
    (r"\\windows defender\\(.*\\)?disable[a-z]+ = .*", _ON, "T1562.001"),
    (r"\\windows defender\\exclusions\\", ".", "T1562.001"),
    (r"\\windows defender\\(.*\\)?tamperprotection = .*", _OFF, "T1562.001"),
    (r"\\lsa\\(runasppl|disablerestrictedadmin|limitblankpassworduse) = .*", _OFF, "T1112"),
    (r"\\amsienable = .*", _OFF, "T1562.001"),
    (r"\\wdigest\\uselogoncredential = .*", _ON, "T1003.001"),
    (r"\\policies\\system\\(enablelua|consentpromptbehavioradmin) = .*", _OFF, "T1548.002"),
    (r"\\policies\\system\\localaccounttokenfilterpolicy = .*", _ON, "T1112"),
    (r"\\terminal server\\(fdenytsconnections|fsinglesessionperuser|winstations\\rdp-tcp\\(userauthentication|securitylayer)) = .*", _OFF, "T1021.001"),
    (r"\\winstations\\rdp-tcp\\portnumber = ", ".", "T1021.001"),
    (r"\\environment\\__pslockdownpolicy = ", r"([^4].*)?$", "T1562.001"),
    (r"\\office\\.*\\security\\(accessvbom|vbawarnings) = .*", r"(0x0*1\)?|1)$", "T1562.001"),
    (r"\\lsa\\dsrmadminlogonbehavior = .*", r"(0x0*[12]\)?|[12])$", "T1098"),
    (r"\\lanmanserver\\parameters\\(nullsessionpipes|nullsessionshares) = .*", r"[a-z].*$", "T1112"),
    (r"\\powershell\\(.*\\)?executionpolicy = ", "(unrestricted|bypass)", "T1562.001"),
    (r"\\systemrestore\\disablesr = .*", _ON, "T1490"),
    (r"\\terminal services\\shadow = .*", _ON, "T1021.001"),
)
_ROWS = ", ".join(f"('{path}{value}', '{technique}')" for path, value, technique in KEYS)
OWNERS = "'msmpeng.exe', 'services.exe', 'svchost.exe'"
"""The product itself and the service that carries out the owner's policies."""

DETECTION = Detection(
    id="host.guard_down",
    title="What protects {host} is turned off by {program}: {command}",
    why="Protection is in the way of whoever comes after. Its owner turns it off by policy and for all machines, not by a command on one.",
    of=("process_activity", "registry_activity", "event_log_activity"),
    sql=f"""
        WITH known AS (SELECT * FROM (VALUES {_ROWS}) AS t(pattern, technique)), written AS (
            SELECT *, path || ' = ' || COALESCE(value, '') AS said FROM registry_activity WHERE operation = 'set' AND {name('process')} NOT IN ({OWNERS})
        )
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, substr(command, 1, 300) AS command, ['T1562.001'] AS techniques FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{COMMANDS}')
        UNION ALL SELECT w.time, [w.uid], w.host, w.actor_user, w.process_guid, {name('w.process')}, substr(w.said, 1, 300), [k.technique] FROM written AS w JOIN known AS k ON regexp_matches(lower(w.said), k.pattern)
        UNION ALL SELECT time, [uid], host, actor_user, NULL, 'audit policy', detail, ['T1562.002'] FROM event_log_activity WHERE operation = 'change audit policy' AND actor_user NOT LIKE '%$'
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    blind_spots="Protection that is blinded rather than turned off.",
)
