"""Does the program itself speak with the outside?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = ("credential_theft", "defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation")
PRIVATE = f"({private_plain('dst_ip')} OR dst_ip LIKE '127.%' OR dst_ip LIKE '169.254.%' OR dst_ip LIKE 'f%:%' OR dst_ip = '::1')"
TOOL = "(" + " OR ".join(f"lower(process) LIKE '%{n}'" for n in ("powershell.exe", "rundll32.exe", "regsvr32.exe", "mshta.exe", "wscript.exe", "cscript.exe", "cmd.exe", "msbuild.exe", "installutil.exe", "certutil.exe", "notepad.exe", "bitsadmin.exe", "wmic.exe")) + ")"

QUESTION = Question(
    id="host.calls_out",
    text="Does the program itself speak with other machines?",
    why="Shells and script hosts have no errand on the network. One that opens a connection of its own fetches its orders or hands something over.",
    of="network_activity",
    about=("process:process",),
    by=("process_guid",),
    before=timedelta(hours=1),
    after=timedelta(hours=1),
    measures={"calls": count(), "outside": count(f"NOT {PRIVATE}"), "tool": count(TOOL), "places": distinct("dst_ip")},
    grades={"a tool speaks with the outside": "tool > 0 AND outside > 0", "a tool speaks with others here": "tool > 0", "it speaks with the outside": "outside > 0"},
    otherwise="it speaks with others here",
    means={
        "a tool speaks with the outside": "a shell or script host opens connections to the outside", "a tool speaks with others here": "a shell or script host opens connections to other machines here",
        "it speaks with the outside": "the program opens connections to the outside", "it speaks with others here": "the program opens connections to other machines here",
    },
    speaks={h: {"a tool speaks with the outside": Strength.TELLING, "a tool speaks with others here": Strength.EXPECTED, "it speaks with the outside": Strength.EXPECTED} for h in HOSTILE},
    alarming={"a tool speaks with the outside": Strength.EXPECTED, "a tool speaks with others here": Strength.EXPECTED},
    leads={"dst_ip": "ip:destination"},
    blind_spots="Connections that another process opens on its behalf.",
)
