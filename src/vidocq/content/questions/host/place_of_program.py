"""Where does the program lie that did it, and who started it?"""

from datetime import timedelta

from vidocq.behaviour.programs import dropped_plain
from vidocq.model.belief import Question, Strength, count

HOSTILE = ("defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation")
START = "operation = 'start'"
INSTALLER = " OR ".join(f"lower(parent) LIKE '%{word}%'" for word in ("msiexec", "setup", "install", "update"))

QUESTION = Question(
    id="host.place_of_program",
    text="Does the program, or what started it, lie where nothing is installed?",
    why="What is installed lies where only an administrator may write. A hostile program comes to lie where its first victim may: downloads, temporary folders, a share.",
    of="process_activity",
    about=("process:process",),
    by=("process_guid",),
    before=timedelta(hours=24),
    after=timedelta(minutes=1),
    measures={
        "starts": count(START), "dropped": count(f"{START} AND {dropped_plain('process')}"), "by_dropped": count(f"{START} AND {dropped_plain('parent')}"),
        "installer": count(f"{START} AND ({INSTALLER})"),
    },
    grades={"not known": "starts = 0", "an installer's": "installer > 0", "dropped": "dropped > 0", "started by what was dropped": "by_dropped > 0"},
    otherwise="installed",
    means={
        "not known": "its start was not recorded", "an installer's": "an installer or an updater started it", "dropped": "it lies where nothing is installed", "started by what was dropped": "a program that lies where nothing is installed started it",
        "installed": "it lies where programs are installed",
    },
    speaks={
        **{h: {"dropped": Strength.TELLING, "started by what was dropped": Strength.TELLING} for h in HOSTILE},
        "software_update": {"an installer's": Strength.TELLING, "dropped": Strength.NEUTRAL}, "administration_by_code": {"dropped": Strength.UNEXPECTED, "started by what was dropped": Strength.UNEXPECTED},
    },
    alarming={"dropped": Strength.TELLING, "started by what was dropped": Strength.TELLING, "an installer's": Strength.UNEXPECTED},
    blind_spots="A program that was put into a system folder with an administrator's rights; portable programs of honest people.",
)
