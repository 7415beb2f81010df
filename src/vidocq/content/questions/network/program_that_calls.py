"""Which program on the machine holds these conversations?"""

from datetime import timedelta

from vidocq.behaviour.programs import dropped_plain
from vidocq.model.belief import Question, Strength, count

_HOSTS = ("powershell.exe", "pwsh.exe", "cmd.exe", "wscript.exe", "cscript.exe", "mshta.exe", "rundll32.exe", "regsvr32.exe", "msbuild.exe", "installutil.exe")
SCRIPT = "(" + " OR ".join(f"lower(process) LIKE '%{name}'" for name in _HOSTS) + ")"
DROPPED = f"({dropped_plain('process')} OR lower(process) LIKE '%_appdata_roaming_%.exe' AND NOT lower(process) LIKE '%_appdata_roaming_%_%.exe')"

QUESTION = Question(
    id="network.program_that_calls",
    text="Which program on the machine holds these conversations?",
    why="The network tells who speaks and how often, the machine itself which program it is. Installed programs keep in touch with their makers; a shell or a program that was laid into somebody's folder has no maker to ask.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=24),
    after=timedelta(minutes=5),
    measures={"told": count("process IS NOT NULL"), "scripts": count(f"process IS NOT NULL AND {SCRIPT}"), "dropped": count(f"process IS NOT NULL AND {DROPPED}")},
    grades={"not told": "told = 0", "a shell": "scripts > 0", "a program that was dropped": "dropped > 0"},
    otherwise="an installed program",
    means={
        "not told": "the machine itself says nothing of them", "a shell": "a shell or a host of scripts on the machine holds them", "a program that was dropped": "a program that lies where nothing is installed holds them",
        "an installed program": "an installed program holds them",
    },
    speaks={
        **{h: {"a shell": Strength.TELLING, "a program that was dropped": Strength.TELLING} for h in ("c2_channel", "exfiltration", "malware_delivery")},
        **{h: {"a shell": Strength.UNEXPECTED, "a program that was dropped": Strength.UNEXPECTED, "an installed program": Strength.EXPECTED} for h in ("telemetry_poll", "software_update", "ordinary_browsing")},
    },
    alarming={"a shell": Strength.TELLING, "a program that was dropped": Strength.TELLING},
    blind_spots="Code that hides within an installed program; administrators' scripts that ask a service of the web.",
)
