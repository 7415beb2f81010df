"""A command's output is written to a hidden share of the machine itself, for somebody elsewhere to read."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = r"1?> *\\\\(127\.0\.0\.1|localhost)\\(admin|[a-z])\$|echo .*> *\\\\\.\\pipe\\"
"""Output to a hidden share of the machine itself, or a line to a pipe by which rights are stolen. Source: attack.mitre.org T1047, T1021.002, T1134.001."""

DETECTION = Detection(
    id="host.remote_output",
    title="{program} on {host} writes its output where another machine fetches it: {command}",
    why="Published tools run a command through a management interface and read what it printed from a hidden share. Administrators' own tools bring the output back by themselves.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN lower(command) LIKE '%pipe%' AND NOT regexp_matches(lower(command), '(127\\.0\\.0\\.1|localhost)') THEN ['T1134.001', 'T1569.002'] WHEN parent = 'wmiprvse.exe' THEN ['T1047', 'T1021.002'] WHEN parent = 'mmc.exe' THEN ['T1021.003', 'T1021.002'] ELSE ['T1569.002', 'T1021.002'] END AS techniques
        FROM ({starts(f"regexp_matches(lower(COALESCE(command, '')), '{PATTERN}')")}) ORDER BY time""",
    entities=PLACES,
    suggests={"lateral_movement": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    severity=4,
    blind_spots="Tools that were changed to write elsewhere.",
)
