"""A file is given the rights of its owner over whoever runs it."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = r"\bchmod\b +(-\S+ +)*([ugo]*a?\+[rwx]*s\S*|[0-7]?[4567][0-7]{3})\b|\bsetcap\b +\S*cap_(setuid|setgid|sys_admin|sys_ptrace|dac_override)"
OF_SHELL = r"[^;&|]*[ =](\S*/bin/(ba|da|z|k)?sh([ ;&|\"]|$)|(/tmp|/var/tmp|/dev/shm)/|\S*/\.[^/ ]+/)"
"""What is given them, not the shell that is told to."""

DETECTION = Detection(
    id="unix.rights_by_file",
    title="{actor_user} on {host} gives a shell or a file in an open folder its owner's rights: {command}",
    why="A few tools of the system run with their owner's rights, and packages set that. A shell, or a file in a folder open to all, that does so is a way to become root for whoever knows it.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(command, '({PATTERN}){OF_SHELL}') AND process LIKE '/%'"),
    entities=PLACES,
    suggests={"privilege_escalation": Strength.DAMNING, "host_persistence": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1548.001",),
    severity=4,
    blind_spots="A program that calls the kernel itself; a container image that is built in an open folder.",
)
