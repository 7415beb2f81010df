"""A program loads a module that does not belong to it."""

from vidocq.behaviour.programs import dropped, name
from vidocq.model.belief import Detection, Strength

SYSTEM_DLL = r"\\(version|dbghelp|cryptbase|cryptsp|wlanapi|uxtheme|dwmapi|wtsapi32|userenv|propsys|profapi|ntwdblib|linkinfo|duser|dui70|edputil|secur32|msfte|wbemcomn|ualapi|wlbsctrl|tsmsisrv|bthudtask|phoneinfo|wptsextensions|cdpsgshims|edgegdi|tsmsisrv|tsvipsrv|wlbsctrl|windowscoredeviceinfo|oci|fxsst|mscoree|winmm|netapi32|apphelp|srvcli|cscapi|slc|ncrypt|wwlib|hostfxr|vcruntime140|msvcp140)\.dll$"
"""Modules of the system, or that come with a program, whose names are borrowed most. Source: hijacklibs.net."""
LOOSE = r"\\users\\[^\\]+\\appdata\\(roaming|local|locallow)\\[^\\]+$|\\users\\public\\|\\programdata\\[^\\]+$|\\windows\\(temp|tasks|debug|tracing)\\|\\perflogs\\|\\recycle"
"""Where no program brings its own modules to: installed ones have a folder of their own."""
NO_SCRIPTS = "'notepad.exe', 'calc.exe', 'rundll32.exe', 'spoolsv.exe', 'lsass.exe', 'winlogon.exe', 'explorer.exe', 'regsvr32.exe', 'mspaint.exe'"
"""Programs that run no scripts, and so have no need of the library that does."""

DETECTION = Detection(
    id="host.side_loading",
    title="{program} on {host} loads what is not its own: {module}",
    why="A program looks for its modules beside itself first. One of the system's name that lies where anybody may write, or the library of scripts in a program that runs none, is somebody's code under a trusted name.",
    of=("module_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, file_name AS module, ['T1574.002'] AS techniques FROM module_activity
        WHERE ({dropped('file_name')} OR regexp_matches(lower(file_name), '\\\\(appdata|programdata)\\\\|\\\\windows \\\\')) AND signed IS DISTINCT FROM TRUE
            AND (regexp_matches(lower(file_name), '{SYSTEM_DLL}') OR regexp_matches(lower(process), '\\\\windows\\\\(system32|syswow64|sysnative)\\\\'))
        -- Nobody installs an unsigned module under the name of one of the system's in the system's own folder.
        UNION ALL SELECT MIN(time), list(uid ORDER BY time, uid)[1:50], host, ANY_VALUE(actor_user ORDER BY time, uid), ANY_VALUE(process_guid ORDER BY time, uid), {name('process')}, file_name, ['T1574.002', 'T1574.001'] FROM module_activity
        WHERE signed IS FALSE AND regexp_matches(lower(file_name), '^[a-z]:\\\\windows\\\\(system32|syswow64)(\\\\wbem)?\\\\[^\\\\]+$') AND regexp_matches(lower(file_name), '{SYSTEM_DLL}') AND regexp_matches(lower(process), '\\\\windows\\\\')
            GROUP BY host, process, file_name, time_bucket(INTERVAL 1 HOUR, time)
        -- A module beside a program that was dropped with it.
        UNION ALL SELECT MIN(time), list(uid ORDER BY time, uid)[1:50], host, ANY_VALUE(actor_user ORDER BY time, uid), process_guid, {name('process')}, file_name, ['T1574.002'] FROM module_activity
        WHERE signed IS FALSE AND lower(regexp_extract(file_name, '^(.*)\\\\[^\\\\]*$', 1)) = lower(regexp_extract(process, '^(.*)\\\\[^\\\\]*$', 1)) AND regexp_matches(lower(process), '{LOOSE}') AND regexp_matches(lower(file_name), '\\.dll$')
            GROUP BY host, process_guid, process, file_name, time_bucket(INTERVAL 1 HOUR, time)
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, file_name, ['T1059.001', 'T1055'] FROM module_activity
        WHERE regexp_matches(lower(file_name), 'system\\.management\\.automation(\\.ni)?\\.dll$') AND {name('process')} IN ({NO_SCRIPTS})
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_compromise": Strength.TELLING, "privilege_escalation": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1574",),
    blind_spots="Modules with a valid signature; programs that bring an older version of a library of the system's name.",
)
