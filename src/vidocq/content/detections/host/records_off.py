"""What a machine records is turned off."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

BY_COMMAND = r"auditpol.* /(clear|remove|set .*disable)|set-service.*(eventlog|sysmon).*disabled|sc(\.exe)?\"? +(config +\"?(eventlog|sysmon).*disabled|stop +\"?(eventlog|sysmon))"
TAMPERED = r"\\services\\(eventlog|sysmon(64|drv)?)\\start = (.*0x0*4\)?|4)$|\\minint\\?|\\eventlog\\security\\file = |\\scriptblocklogging\\enablescriptblocklogging = (.*0x0+\)?|0)$"
"""The path and what it was set to: a service that is disabled (4), script blocks that are no longer written (0)."""
IN_SCRIPT = r"set-service.{0,80}eventlog.{0,80}disabled|set-service.{0,80}disabled.{0,80}eventlog|auditpol.{0,20}/(clear|remove|set.{0,80}disable)"

DETECTION = Detection(
    id="host.records_off",
    title="What {host} records is turned off by {actor_user}: {command}",
    why="Policies say once what is recorded, for all machines. Whoever changes it on one does not want the next hour written down.",
    of=("process_activity", "registry_activity", "script_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, substr(command, 1, 300) AS command FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{BY_COMMAND}')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, substr(path || ' = ' || COALESCE(value, ''), 1, 300) FROM registry_activity WHERE operation = 'set' AND regexp_matches(lower(path || ' = ' || COALESCE(value, '')), '{TAMPERED}') AND {name('process')} <> 'services.exe'
        UNION ALL SELECT time, [uid], host, actor_user, NULL, substr(text, 1, 300) FROM script_activity WHERE regexp_matches(lower(COALESCE(text, '')), '{IN_SCRIPT}')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"defence_impairment": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1562.002",),
    blind_spots="A sensor that is stopped from below; a policy that was changed for all.",
)
