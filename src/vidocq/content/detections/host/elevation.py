"""A program gains the rights of the system or of an administrator without asking."""

from vidocq.behaviour.programs import PLACES, SHELLS, dropped, name, one_of
from vidocq.model.belief import Detection, Strength

ELEVATED = (
    "fodhelper.exe", "eventvwr.exe", "sdclt.exe", "computerdefaults.exe", "wsreset.exe", "cmstp.exe", "sysprep.exe", "dism.exe", "pkgmgr.exe", "cliconfg.exe", "mcx2prov.exe", "winsat.exe", "slui.exe", "changepk.exe", "msconfig.exe",
    "dcomcnfg.exe", "perfmon.exe", "compmgmtlauncher.exe", "consent.exe", "clipup.exe", "osk.exe", "utilman.exe", "sethc.exe", "dllhost.exe", "wusa.exe", "migwiz.exe", "werfault.exe", "wermgr.exe", "ieinstal.exe", "colorui.exe",
)
"""Programs that Windows runs with full rights without asking, and what they load. Source: attack.mitre.org T1548.002; the published collection UACME."""
KEYS = r"\\(ms-settings|mscfile|exefile|folder|launcher\.systemsettings|appx[0-9a-z]+)\\shell\\(open|runas)\\command|\\environment\\(windir|systemroot)$|\\app paths\\control\.exe|\\symboliclinkvalue$"
COMMANDS = r"\\windows \\|wusa.* /extract:|hkcu\\\\environment.*windir|enablelua.* 0|/factory,\{|\\\\\?\\globalroot|-exec=|(rotten|rogue|juicy|sweet|efs|god|print|spool)[a-z]*(potato|spoofer|fool)"

DETECTION = Detection(
    id="host.elevation",
    title="{program} on {host} runs with rights that were not asked for: {command}",
    why="Windows asks before it hands out full rights, save for some programs of its own. A shell that one of these starts, a key that tells it what to start, or a program of an ordinary user that runs as the system: somebody went round the question.",
    of=(),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, {name('parent')} AS parent, substr(command, 1, 300) AS command, ['T1548.002'] AS techniques FROM process_activity
        WHERE operation = 'start' AND {one_of('parent', ELEVATED)} AND ({one_of('process', SHELLS)} OR {dropped('process')}) AND NOT ({name('parent')} = 'dllhost.exe' AND {name('process')} = 'rundll32.exe')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, {name('parent')}, substr(command, 1, 300), ['T1548.002'] FROM process_activity
        WHERE operation = 'start' AND (regexp_matches(lower(command), '{COMMANDS}') OR {one_of('process', ELEVATED)} AND {dropped('parent')})
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, NULL, substr(path || ' = ' || COALESCE(value, ''), 1, 300), ['T1548.002'] FROM registry_activity WHERE operation IN ('set', 'create') AND regexp_matches(lower(path), '{KEYS}') AND {name('process')} NOT IN ('svchost.exe', 'setup.exe', 'installer.exe')
        UNION ALL SELECT c.time, [c.uid, p.uid], c.host, c.actor_user, c.process_guid, {name('c.process')}, {name('c.parent')}, substr(c.command, 1, 300), ['T1134', 'T1068'] FROM process_activity AS c
            JOIN process_activity AS p ON p.process_guid = c.parent_guid AND p.host = c.host AND p.operation = 'start' AND p.time <= c.time
        WHERE c.operation = 'start' AND lower(c.actor_user) LIKE 'nt authority%system' AND regexp_matches(lower(p.actor_user), '^[^\\\\]+\\\\[^$]+$') AND lower(p.actor_user) NOT LIKE 'nt authority%' AND lower(p.actor_user) NOT LIKE 'window manager%' AND lower(p.actor_user) NOT LIKE 'font driver%'
        UNION ALL SELECT time, [uid], host, NULL, NULL, {name('process')}, NULL, file_name, ['T1134.001'] FROM file_activity WHERE protocol = 'pipe' AND regexp_matches(lower(file_name), '(^|\\\\)(spoolss|srvsvc|lsarpc|samr|efsrpc)$|\\\\pipe\\\\') AND operation = 'create' AND {dropped('process')}
        ORDER BY time
    """,
    entities=PLACES,
    suggests={"privilege_escalation": Strength.DAMNING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    blind_spots="A fault in a driver; a question that a person answered.",
)
