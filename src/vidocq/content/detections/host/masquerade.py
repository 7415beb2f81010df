"""A program goes by a name that belongs elsewhere."""

from vidocq.behaviour.programs import PLACES, name
from vidocq.model.belief import Detection, Strength

SYSTEM = (
    "svchost.exe", "lsass.exe", "services.exe", "csrss.exe", "winlogon.exe", "smss.exe", "wininit.exe", "explorer.exe", "taskhostw.exe", "spoolsv.exe", "dllhost.exe", "rundll32.exe", "conhost.exe", "cmd.exe", "powershell.exe",
    "notepad.exe", "calc.exe", "wermgr.exe", "searchindexer.exe", "ctfmon.exe", "lsm.exe", "userinit.exe",
)
"""Programs that lie in the system's own folders and nowhere else."""
HOMES = (
    r"^(\\\?\?\\)?([a-z]:\\windows|%%?systemroot%%?|\\systemroot|\\device\\harddiskvolume[0-9]+\\windows)\\(system32|syswow64|winsxs|sysnative|servicing|systemapps|immersivecontrolpanel|(explorer|notepad)\.exe$)"
    r"|^[a-z]:\\(program files\\windowsapps|programdata\\docker\\windowsfilter|programdata\\microsoft\\windows\\containers)\\"
)
"""Those folders, as the logs write them, and the copies that the store of programs and containers keep."""
RENAMED = "'cmd.exe', 'powershell.exe', 'rundll32.exe', 'regsvr32.exe', 'mshta.exe', 'certutil.exe', 'wscript.exe', 'cscript.exe', 'bitsadmin.exe', 'psexec.c', 'psexesvc.exe', 'procdump', 'installutil.exe', 'msbuild.exe', 'wmic.exe', 'net.exe', 'schtasks.exe', 'plink', 'nc.exe'"
"""Names that tools were compiled under, and that attackers rename."""

DETECTION = Detection(
    id="host.masquerade",
    title="{program} on {host} goes by a name that is not its own ({original}, from {place})",
    why="A program of the system under another name, or another program under the system's, means that somebody counted on the reader's eye.",
    of=("process_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, COALESCE(file_name, '?') AS original, process AS place, substr(command, 1, 300) AS command FROM process_activity
        WHERE operation = 'start' AND ({name('process')} IN ({', '.join(repr(s) for s in SYSTEM)}) AND regexp_matches(process, '[\\\\/]') AND NOT regexp_matches(lower(process), '{HOMES}')
            OR lower(file_name) IN ({RENAMED}) AND NOT starts_with({name('process')}, split_part(lower(file_name), '.', 1)))
        ORDER BY time, uid
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "software_update": Strength.NEUTRAL},
    techniques=("T1036",),
    blind_spots="Programs without a name of origin; container images that bring their own tools.",
)
