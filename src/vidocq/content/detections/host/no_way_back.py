"""Copies that would undo the harm are destroyed."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

GONE = r"vssadmin.*delete +shadows( +/for=\S+)* +/(all|quiet)|wmic.*shadowcopy.*delete|wbadmin.*delete +(catalog|.*keepversions:0)|bcdedit.*(recoveryenabled +no|ignoreallfailures)|win32_shadowcopy.*(delete|remove)|resize +shadowstorage.*/maxsize=[0-9]{1,3}mb"
"""Source: attack.mitre.org T1490."""

DETECTION = Detection(
    id="host.no_way_back",
    title="{program} on {host} destroys what the machine could come back from: {command}",
    why="Shadow copies and recovery are what undoes the locking of files. Who deletes them by command means to do harm that cannot be undone.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(COALESCE(command, '')), '{GONE}')"),
    entities=PLACES,
    suggests={"destruction": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL, "backup_replication": Strength.NEUTRAL},
    techniques=("T1490",),
    severity=5,
    blind_spots="Backup programs drop their own copies by the system's interface, some by command.",
)
