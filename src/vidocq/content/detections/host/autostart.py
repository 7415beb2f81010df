"""A program is made to start by itself, from a place that starts programs or from one that never should."""

from vidocq.behaviour.programs import dropped, interpreted, name
from vidocq.model.belief import Detection, Strength

PLACES = (
    # what the path matches, technique, whether every value there is worth an alert. Source: attack.mitre.org T1546, T1547 and below.
    (r"\\currentversion\\(run|runonce|runonceex|policies\\explorer\\run)(\\|$)", "T1547.001", "FALSE"),
    (r"\\winlogon\\(shell|userinit|notify)$", "T1547.004", "TRUE"),
    (r"\\image file execution options\\.*\\debugger$|\\silentprocessexit\\.*\\monitorprocess", "T1546.012", "TRUE"),
    (r"\\(appinit_dlls|appcertdlls)", "T1546.010", "TRUE"),
    (r"\\appcompatflags\\(custom|installedsdb)\\", "T1546.011", "TRUE"),
    (r"\\control\\lsa\\(security packages|authentication packages|notification packages)$", "T1547.002", "TRUE"),
    (r"\\software\\classes\\clsid\\.*\\(inprocserver32|localserver32|treatas)", "T1546.015", "FALSE"),
    (r"\\control\\print\\monitors\\.*\\driver$", "T1547.010", "TRUE"),
    (r"\\environment\\(userinitmprlogonscript|cor_profiler)", "T1037.001", "TRUE"),
    (r"\\netsh\\", "T1546.007", "FALSE"),
    (r"\\explorer\\(user )?shell folders\\(common )?startup$", "T1547.001", "TRUE"),
    (r"\\session manager\\(bootexecute|setupexecute|execute)$", "T1547", "TRUE"),
    (r"\\services\\ntds\\(directoryserviceextpt|lsadbextpt)$", "T1547.008", "TRUE"),
    (r"\\command processor\\autorun$", "T1546", "TRUE"),
    (r"\\control panel\\desktop\\scrnsave\.exe$", "T1546.002", "FALSE"),
    (r"\\active setup\\installed components\\.*\\stubpath$", "T1547.014", "FALSE"),
    (r"\\outlook\\webview\\.*\\url$|\\office test\\special\\perf", "T1137", "TRUE"),
    (r"\\pendinggpos|\\group policy\\scripts\\(startup|shutdown|logon|logoff)\\.*\\script$", "T1037", "FALSE"),
    (r"\\w32time\\timeproviders\\.*\\dllname$", "T1547.003", "FALSE"),
    (r"\\winlogon\\(system|taskman|vmapplet|gpextensions\\.*\\dllname)$", "T1547.004", "FALSE"),
)
_ROWS = ", ".join(f"('{pattern}', '{technique}', {always})" for pattern, technique, always in PLACES)
INSTALLERS = "'msiexec.exe', 'trustedinstaller.exe', 'tiworker.exe', 'setup.exe', 'svchost.exe', 'services.exe'"

DETECTION = Detection(
    id="host.autostart",
    title="{program} on {host} makes something start by itself: {path} = {value}",
    why="Whoever means to stay lets the machine start their program. Installed programs do so too, from the folder they were installed in; a script, a user's folder, or a place that starts before everything else is another matter.",
    of=("registry_activity",),
    sql=f"""
        WITH known AS (SELECT * FROM (VALUES {_ROWS}) AS t(pattern, technique, always))
        SELECT r.time, [r.uid] AS events, r.host, r.actor_user, r.process_guid, {name('r.process')} AS program, substr(r.path, 1, 200) AS path, substr(r.value, 1, 200) AS value, [k.technique] AS techniques
        FROM registry_activity AS r JOIN known AS k ON regexp_matches(lower(r.path), k.pattern)
        WHERE r.operation IN ('set', 'create') AND {name('r.process')} NOT IN ({INSTALLERS}) AND (k.always OR {interpreted('r.value')} OR {dropped('r.value')})
            AND NOT regexp_matches(lower(COALESCE(r.value, '')), '^(explorer\\.exe|c:\\\\windows\\\\system32\\\\userinit\\.exe,?|)$') AND NOT (r.operation = 'create' AND k.always AND k.technique <> 'T1546.011')
        ORDER BY r.time, r.uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    techniques=("T1547.001",),
    blind_spots="Programs of honest make that live in a user's folder start from there too.",
)
