"""A command arrives from another machine by a way that is made for administration."""

from vidocq.behaviour.programs import PLACES, SHELLS, dropped, name, one_of, starts
from vidocq.model.belief import Detection, Strength

CHILD = f"""({one_of('process', SHELLS)} OR {dropped('process')})"""
WHERE = f"""{name('parent')} IN ('wmiprvse.exe', 'wsmprovhost.exe', 'winrshost.exe', 'mmc.exe', 'psexesvc.exe', 'remcomsvc.exe', 'paexec.exe', 'csexecsvc.exe') AND {CHILD}
    OR {name('process')} = 'wsmprovhost.exe' AND {name('parent')} = 'svchost.exe'
    OR {name('parent')} = 'services.exe' AND ({one_of('process', SHELLS)} OR {dropped('process')} OR regexp_matches({name('process')}, 'psexe|remcom|paexec|csexec|winexe'))
    OR regexp_matches(lower(COALESCE(command, '')), '(1>|>) *\\\\\\\\127\\.0\\.0\\.1\\\\|\\\\\\\\[^\\\\ ]+\\\\(admin|c|ipc)\\$|wmic.* /node:|psexec.* \\\\\\\\|invoke-command.*-computername|enter-pssession|winrs.* -r:')"""

DETECTION = Detection(
    id="host.remote_hands",
    title="{program} on {host} runs a command that came by {parent}: {command}",
    why="Management interfaces run commands for whoever holds the password. An administrator's tools use them every day in the same way; a shell that appears there once is a hand from another machine.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN parent = 'wmiprvse.exe' OR command ILIKE '%wmic%' THEN ['T1047'] WHEN parent IN ('wsmprovhost.exe', 'winrshost.exe') OR program = 'wsmprovhost.exe' THEN ['T1021.006'] WHEN parent = 'mmc.exe' THEN ['T1021.003']
            ELSE ['T1569.002', 'T1021.002'] END AS techniques FROM ({starts(WHERE)}) ORDER BY time""",
    entities=PLACES,
    suggests={"lateral_movement": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    blind_spots="Administrators who work in just this way; commands that start no process.",
)
