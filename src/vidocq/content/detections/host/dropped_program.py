"""A program that was dropped rather than installed runs and starts a shell, or another that was dropped."""

from vidocq.behaviour.programs import PLACES, SHELLS, dropped, name, one_of, starts
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.dropped_program",
    title="{parent} on {host} runs from where nothing is installed, and starts {program}",
    why="What is installed lies where only an administrator may write. A program in a folder of downloads or temporary files that opens a shell does on the machine what somebody tells it.",
    of=("process_activity",),
    sql=starts(f"{dropped('parent')} AND {name('parent')} NOT IN ('setup.exe', 'installer.exe', 'onedrive.exe', 'explorer.exe') AND ({one_of('process', SHELLS)} OR {dropped('process')} AND NOT starts_with({name('process')}, regexp_extract({name('parent')}, '^[a-z]+')) AND NOT regexp_matches({name('process')}, 'setup|install|update'))"),
    entities=PLACES,
    suggests={"host_compromise": Strength.EXPECTED, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    techniques=("T1204.002", "T1059"),
    blind_spots="Installers and portable programs do the same; a program that starts nothing else.",
)
