"""What was typed, or what was logged, is removed."""

from vidocq.behaviour.programs import PLACES, name, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"\bhistory -c\b|unset +histfile|histfile=(/dev/null|$| )|histsize=0\b|(rm|shred|truncate|cat +/dev/null *>|ln +-s\S* +/dev/null|: *>|unlink)\b.*(\.(bash|zsh|sh)_history|/var/log/(wtmp|btmp|utmp|lastlog|auth\.log|secure|audit/|syslog|messages))"
    r"|>+ */var/log/(wtmp|btmp|lastlog|auth\.log|secure|syslog|messages)|auditctl +-(d|e *0)\b|systemctl +(stop|disable|mask) +(rsyslog|auditd|systemd-journald|syslog)|(service|/etc/init\.d/)\S* *(rsyslog|auditd) stop"
)
KEEPERS = "'logrotate', 'newsyslog', 'savelog', 'docker', 'dockerd', 'buildkitd', 'runc', 'packer'"
"""What keeps logs of a size, and what builds an image, which is to hold none."""

DETECTION = Detection(
    id="unix.traces_removed",
    title="{actor_user} on {host} removes what was recorded: {command}",
    why="Logs grow and are rotated; nobody has a reason to empty the record of sign-ins or of one's own commands, save who does not want them read.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(command), '{PATTERN}') AND ({name('parent')} IN ({KEEPERS})) IS NOT TRUE"),
    entities=PLACES,
    suggests={"defence_impairment": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1070.002", "T1070.003"),
    severity=4,
    blind_spots="Commands that the shell runs within itself start no program.",
)
