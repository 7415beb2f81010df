"""A program reads the memory in which the system keeps its passwords."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

TOOLS = "'powershell.exe', 'pwsh.exe', 'taskmgr.exe', 'rundll32.exe', 'wsmprovhost.exe', 'cmd.exe', 'procdump.exe', 'procdump64.exe', 'rdrleakdiag.exe', 'wscript.exe', 'cscript.exe', 'mshta.exe', 'regsvr32.exe'"
"""Programs of the system that people and scripts drive; its own services are not among them."""
READ, ALL = 0x10, 0x1FFFFF
"""PROCESS_VM_READ and PROCESS_ALL_ACCESS. Source: learn.microsoft.com, "Process Security and Access Rights"."""
DUMP = r"comsvcs.*(minidump|#24| 24)|procdump.*lsass|lsass.*\.dmp|sekurlsa|rdrleakdiag.*fullmemdmp|ppldump|createdump.*lsass"

DETECTION = Detection(
    id="host.lsass_memory",
    title="{program} on {host} reads the memory of the system's authority of sign-ins",
    why="Passwords and tickets of everybody who is signed in lie in the memory of lsass.exe. The system's services and its protection open it; a shell or a script has no reason to.",
    of=("file_activity", "process_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, parent_guid AS process_guid, {name('parent')} AS program, access, CAST(NULL AS VARCHAR) AS command FROM process_activity
        WHERE operation = 'open' AND {name('process')} = 'lsass.exe' AND TRY_CAST(access AS BIGINT) & {READ} = {READ} AND {name('parent')} IN ({TOOLS})
            -- Who looks at the list of programs reads a little of each; only a dump asks for everything.
            AND ({name('parent')} <> 'taskmgr.exe' OR TRY_CAST(access AS BIGINT) & {ALL} = {ALL})
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, NULL, substr(command, 1, 300) FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{DUMP}')
        UNION ALL SELECT time, [uid], host, NULL, NULL, {name('process')}, NULL, file_name FROM file_activity WHERE regexp_matches(lower(file_name), 'lsass[^\\\\]*\\.(dmp|zip|mdmp)$')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"credential_theft": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1003.001",),
    severity=4,
    blind_spots="A driver that reads memory from below; a service of the system that was made to do it.",
)
