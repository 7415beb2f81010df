"""A service or a program without a terminal starts a shell that is told nothing."""

from vidocq.behaviour.programs import PLACES, name, starts
from vidocq.model.belief import Detection, Strength

NO_TERMINAL = "'svchost.exe', 'services.exe', 'spoolsv.exe', 'lsass.exe', 'winlogon.exe', 'wininit.exe', 'dllhost.exe', 'wermgr.exe', 'notepad.exe', 'calc.exe', 'searchindexer.exe', 'rundll32.exe', 'regsvr32.exe', 'mshta.exe'"

DETECTION = Detection(
    id="host.bare_shell",
    title="{parent} on {host} starts a shell that is told nothing: {command}",
    why="A service that needs a shell tells it what to do. A bare one waits for what is typed, and nobody sits at a service: it is typed from elsewhere, through a pipe or a connection.",
    of=("process_activity",),
    sql=starts(f"{name('parent')} IN ({NO_TERMINAL}) AND {name('process')} IN ('cmd.exe', 'powershell.exe', 'pwsh.exe') AND regexp_matches(lower(command), '^\"?([a-z]:\\\\windows\\\\\\S+\\\\)?(cmd|powershell|pwsh)(\\.exe)?\"? *(/a|/q)?$')"),
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1059",),
    severity=4,
    blind_spots="A shell that is started with an empty script.",
)
