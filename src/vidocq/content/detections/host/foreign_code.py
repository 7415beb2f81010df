"""A program writes into another and starts what it wrote, or loads code that does not belong to it."""

from vidocq.behaviour.programs import dropped, name
from vidocq.model.belief import Detection, Strength

OWN = "'csrss.exe', 'wininit.exe', 'dwm.exe', 'services.exe', 'svchost.exe', 'winlogon.exe', 'lsass.exe', 'werfault.exe', 'msmpeng.exe', 'smss.exe', 'audiodg.exe', 'vboxservice.exe', 'vmtoolsd.exe'"
"""Parts of the system that start threads in others as their work."""
SYSTEM_DLL = r"\\(version|dbghelp|cryptbase|cryptsp|wlanapi|uxtheme|dwmapi|wtsapi32|userenv|propsys|profapi|ntwdblib|linkinfo|duser|dui70|edputil|secur32|msfte|wbemcomn|tsmsisrv|tsvipsrv|wlbsctrl|windowscoredeviceinfo|oci|fxsst|mscoree|winmm|netapi32|apphelp|srvcli|cscapi|slc|ncrypt|wwlib|hostfxr|vcruntime140|msvcp140)\.dll$"
"""Modules of the system, or that come with a program, whose names are borrowed most. Source: hijacklibs.net."""

DETECTION = Detection(
    id="host.foreign_code",
    title="Code that is not its own runs in {program} on {host}",
    why="A thread that another program started, or a module of the system's name from a folder where anybody may write, runs somebody's code under a trusted name.",
    of=(),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, ANY_VALUE(actor_user) AS actor_user, parent_guid AS process_guid, {name('process')} AS program, {name('parent')} AS by_program, ['T1055'] AS techniques
        FROM process_activity WHERE operation = 'inject' AND {name('parent')} NOT IN ({OWN}) AND {name('parent')} <> {name('process')} GROUP BY host, parent_guid, parent, process, time_bucket(INTERVAL 1 MINUTE, time)
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, file_name, ['T1574.002'] FROM module_activity
        WHERE ({dropped('file_name')} OR regexp_matches(lower(file_name), '\\\\(appdata|programdata)\\\\|\\\\windows \\\\')) AND signed IS DISTINCT FROM TRUE
            AND (regexp_matches(lower(file_name), '{SYSTEM_DLL}') OR regexp_matches(lower(process), '\\\\windows\\\\(system32|syswow64|sysnative)\\\\'))
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, file_name, ['T1059.001', 'T1055'] FROM module_activity
        WHERE regexp_matches(lower(file_name), 'system\.management\.automation(\.ni)?\.dll$') AND {name('process')} IN ('notepad.exe', 'calc.exe', 'rundll32.exe', 'spoolsv.exe', 'lsass.exe', 'winlogon.exe', 'explorer.exe', 'regsvr32.exe', 'mspaint.exe')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_compromise": Strength.TELLING, "privilege_escalation": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1055",),
    blind_spots="Code that a program loads from its own installed folder; injection by other means than a thread.",
)
