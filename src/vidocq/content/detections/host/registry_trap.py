"""A key of the registry leads where its owner did not mean it to lead."""

from vidocq.behaviour.programs import dropped, name
from vidocq.model.belief import Detection, Strength

PATHS = (
    # path, technique, who may. Source: CVE-2020-1377 (links), CVE-2020-1313 (update orchestrator), attack.mitre.org T1098 (an account's number).
    (r"\\symboliclinkvalue$", "T1068", "dropped"),
    (r"\\uscheduler\\.*\\(cmdline|startarg|queuedcommand)", "T1068", "other"),
    (r"\\sam\\domains\\account\\users\\0000[0-9a-f]{4}\\f$", "T1098", "other"),
)
OWNERS = "'svchost.exe', 'lsass.exe', 'services.exe', 'trustedinstaller.exe', 'tiworker.exe', 'msiexec.exe', 'usoclient.exe', 'mousocoreworker.exe', 'system', 'registry'"
_ARMS = " ".join(f"WHEN regexp_matches(lower(path), '{pattern}')" + (f" AND {dropped('process')}" if who == "dropped" else "") + f" THEN ['{technique}']" for pattern, technique, who in PATHS)

DETECTION = Detection(
    id="host.registry_trap",
    title="{program} on {host} makes a key lead elsewhere: {path} = {value}",
    why="Links between keys, the orders of the update service and the number behind an account are written by the parts of the system that own them. Another program that writes them has the system act for it.",
    of=("registry_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, substr(path, 1, 200) AS path, substr(value, 1, 200) AS value, CASE {_ARMS} END AS techniques FROM registry_activity
        WHERE operation IN ('set', 'create') AND NOT ({name('process')} IN ({OWNERS}) AND NOT {dropped('process')}) AND CASE {_ARMS} END IS NOT NULL ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"privilege_escalation": Strength.DAMNING, "host_persistence": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    severity=4,
    blind_spots="A program that was installed, or put into the system's folder first.",
)
