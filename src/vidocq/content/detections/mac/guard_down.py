"""What checks programs on a Mac is turned off, or told to let one through."""

from vidocq.behaviour.programs import PLACES, commands_told
from vidocq.model.belief import Detection, Strength

COMMANDS = (
    # what the command line says, technique. Source: attack.mitre.org T1553.001, T1562.001, T1562.004, T1548.006.
    (r"\bspctl\b.*--(master|global)-disable|\bspctl\b.*--add .*(/tmp/|/users/)|defaults write .*lsquarantine +-?\S* *(no|false|0)", "T1553.001"),
    (r"\bxattr\b.*(-[a-z]*d[a-z]* +com\.apple\.quarantine|-[a-z]*c[a-z]* +\S*(/tmp/|/downloads/|/users/shared/|/volumes/))", "T1553.001"),
    (r"\bcsrutil +disable|nvram .*amfi_get_out_of_my_way", "T1562.001"),
    (r"launchctl +(unload|bootout|disable|remove)\b.*(crowdstrike|falcon|sentinel|jamf|microsoft\.(wdav|dlp|mdatp)|carbonblack|cbdefense|osquery|santa|littlesnitch|lulu|objective-see|xprotect|mrt)", "T1562.001"),
    (r"(falconctl|sentinelctl|mdatp)\b.*(uninstall|unload|unprotect|stop|config .*real-time-protection.*disabled)|profiles +remove", "T1562.001"),
    (r"socketfilterfw\b.*--setglobalstate +off|pfctl +-d", "T1562.004"),
    (r"sqlite3? .*tcc\.db.*(insert|update|replace)", "T1548.006"),
)

DETECTION = Detection(
    id="mac.guard_down",
    title="What checks programs on {host} is turned off or passed by: {command}",
    why="A Mac asks before it runs what came from outside, and its owner's tools watch what runs. Both stand in the way of whoever comes after; people right-click a program they trust, they take no mark off by command.",
    of=("process_activity",),
    sql=commands_told(COMMANDS, "p.process LIKE '/%'"),
    entities=PLACES,
    suggests={"defence_impairment": Strength.TELLING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1562.001",),
    blind_spots="Package managers of developers take the mark off what they install themselves.",
)
