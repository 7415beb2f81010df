"""A program has itself deleted."""

from vidocq.behaviour.programs import PLACES, name, starts
from vidocq.model.belief import Detection, Strength

SAVED = r"\\users\\[^\\]+\\(downloads|desktop|documents|music|videos|pictures)\\|\\users\\public\\|\\programdata\\[^\\]+$|\\appdata\\(roaming|local|locallow)\\[^\\]+$|\\windows\\(tasks|tracing|debug)\\|\\perflogs\\"
"""Where somebody saves a program. Uninstallers and self-extracting archives remove themselves too, from the temporary folder."""
WHERE = rf"""regexp_matches(lower(parent), '{SAVED}') AND {name('process')} IN ('cmd.exe', 'powershell.exe', 'sh', 'bash') AND regexp_matches(lower(command), '\b(del|erase|remove-item|rm)\b') AND contains(lower(command), {name('parent')})"""

DETECTION = Detection(
    id="host.self_deletion",
    title="{parent} on {host} has itself deleted: {command}",
    why="A download stays where it was saved. A program from there that removes itself once it has run leaves nothing to examine; only what uninstalls something does so honestly.",
    of=("process_activity",),
    sql=starts(WHERE),
    entities=PLACES,
    suggests={"host_compromise": Strength.TELLING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1070.004",),
    blind_spots="Programs that are removed by another, or at the next start.",
)
