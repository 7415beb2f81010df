"""A module is loaded into the kernel, or into every program, from where nothing is installed."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = r"\b(insmod|modprobe)\b.*(/tmp/|/dev/shm/|/var/tmp/|/\.[^/ ]+/|/home/|\./)\S*\.ko\b|ld_preload=(/tmp/|/dev/shm/|/var/tmp/|\S*/\.[^/ ]+/)"

DETECTION = Detection(
    id="unix.module_laid_down",
    title="{program} on {host} loads what was laid down: {command}",
    why="Modules come with the kernel's packages, libraries with theirs. One from an open, hidden or private folder changes what the machine shows of itself.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(command), '{PATTERN}') AND process LIKE '/%'"),
    entities=PLACES,
    suggests={"host_compromise": Strength.TELLING, "host_persistence": Strength.EXPECTED, "defence_impairment": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1547.006", "T1014"),
    severity=4,
    blind_spots="Developers of drivers load what they have just built.",
)
