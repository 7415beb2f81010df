"""A command line that hides what it runs."""

from vidocq.behaviour.programs import PLACES, of_few_machines, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"(powershell|pwsh).*( -e(nc|nco|ncod|ncode|ncoded|ncodedcommand|c)? +[a-z0-9+/=]{40,}| [-/]w(indowstyle)? +(hidden|1)\b.* -(e|c|i)|frombase64string|\biex\b|invoke-expression| -nop.* -(w|sta|noni)|createscriptblock|scriptblock\]::create)"
    r"|echo .*\\\\\.\\pipe\\|base64 +(-d|--decode).*\| *(ba|da|z)?sh|python[23]? +-c .*(exec|eval)\("
)
"""Encoded, hidden, or put together while it runs. Source: attack.mitre.org T1027.010, T1059.001, T1564.003."""

DETECTION = Detection(
    id="host.hidden_command",
    title="{program} on {host} is started with a command line that hides what it runs",
    why="Work that may be seen is written down in the open. To encode a command, hide its window and leave out the profile serves only to keep it from eyes and rules.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE parent WHEN 'wscript.exe' THEN ['T1059.005', 'T1059.001', 'T1027'] WHEN 'cscript.exe' THEN ['T1059.005', 'T1059.001', 'T1027'] WHEN 'mshta.exe' THEN ['T1218.005', 'T1059.001', 'T1027']
            WHEN 'wmiprvse.exe' THEN ['T1047', 'T1059.001', 'T1027'] WHEN 'wsmprovhost.exe' THEN ['T1021.006', 'T1059.001', 'T1027']
            ELSE CASE WHEN lower(command) LIKE '%powershell%' OR lower(command) LIKE '%pwsh%' THEN ['T1059.001', 'T1027'] WHEN lower(command) LIKE '%\\\\.\\pipe%' THEN ['T1134.001', 'T1059.003'] WHEN lower(command) LIKE '%python%' THEN ['T1059.006', 'T1027'] ELSE ['T1059.004', 'T1027'] END END AS techniques
        FROM ({of_few_machines(starts(f"regexp_matches(lower(COALESCE(command, '')), '{PATTERN}')"))}) ORDER BY time, events""",
    entities=PLACES,
    suggests={"host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.NEUTRAL, "software_update": Strength.NEUTRAL},
    blind_spots="Some management agents encode their commands too: what one has said on four other machines before is taken for its work, so that who takes over such an agent and waits is not seen here. Scripts in files.",
)
