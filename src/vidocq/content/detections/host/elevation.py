"""A program gains the rights of the system or of an administrator without asking."""

from vidocq.behaviour.programs import PLACES, SHELLS, dropped, name, one_of
from vidocq.model.belief import Detection, Strength

ELEVATED = (
    "fodhelper.exe", "eventvwr.exe", "sdclt.exe", "computerdefaults.exe", "wsreset.exe", "cmstp.exe", "sysprep.exe", "dism.exe", "pkgmgr.exe", "cliconfg.exe", "mcx2prov.exe", "winsat.exe", "slui.exe", "changepk.exe", "msconfig.exe",
    "dcomcnfg.exe", "perfmon.exe", "compmgmtlauncher.exe", "consent.exe", "clipup.exe", "osk.exe", "utilman.exe", "sethc.exe", "dllhost.exe", "wusa.exe", "migwiz.exe", "werfault.exe", "wermgr.exe", "ieinstal.exe", "colorui.exe",
)
"""Programs that Windows runs with full rights without asking, and what they load. Source: attack.mitre.org T1548.002; the published collection UACME."""
UNASKED = ("fodhelper.exe", "eventvwr.exe", "sdclt.exe", "computerdefaults.exe", "wsreset.exe", "slui.exe", "changepk.exe", "mcx2prov.exe", "cliconfg.exe", "compmgmtlauncher.exe", "winsat.exe")
"""Those of them that a person opens and no program has a reason to."""
KEYS = r"^hk(u|cu).*(\\(ms-settings|mscfile|exefile|folder|launcher\.systemsettings|appx[0-9a-z]+)\\shell\\(open|runas)\\command|\\environment\\(windir|systemroot)$|\\app paths\\control\.exe)"
"""What a program of the system is told to start, in the part of the registry that every user may write."""
COMMANDS = r"\\windows \\[^\\]|wusa.* /extract:\S*\\windows|hkcu\\+environment.*windir|vshadow.* -exec=|(rotten|rogue|juicy|sweet|efs|god|print|spool)[a-z]*(potato|spoofer|fool)"
"""A folder that only looks like the system's, and the published ways. Source: attack.mitre.org T1548.002, T1134.001."""

DETECTION = Detection(
    id="host.elevation",
    title="{program} on {host} runs with rights that were not asked for: {command}",
    why="Windows asks before it hands out full rights, save for some programs of its own. A shell that one of these starts, a key that tells it what to start, or a folder that only looks like the system's: somebody went round the question.",
    of=("process_activity", "registry_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, {name('parent')} AS parent, substr(command, 1, 300) AS command, ['T1548.002'] AS techniques FROM process_activity
        WHERE operation = 'start' AND {one_of('parent', ELEVATED)} AND ({one_of('process', SHELLS)} OR {dropped('process')}) AND NOT ({name('parent')} = 'dllhost.exe' AND {name('process')} = 'rundll32.exe')
            -- The servicing tool unpacks its own helper into a temporary folder, and starts it there.
            AND {name('process')} <> 'dismhost.exe'
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, {name('parent')}, substr(command, 1, 300), ['T1548.002'] FROM process_activity
        WHERE operation = 'start' AND (regexp_matches(lower(command), '{COMMANDS}') OR {one_of('process', UNASKED)} AND {dropped('parent')})
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, NULL, substr(path || ' = ' || COALESCE(value, ''), 1, 300), ['T1548.002'] FROM registry_activity WHERE operation IN ('set', 'create') AND regexp_matches(lower(path), '{KEYS}')
        ORDER BY time
    """,
    entities=PLACES,
    suggests={"privilege_escalation": Strength.DAMNING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    blind_spots="A fault in a driver; a question that a person answered.",
)
