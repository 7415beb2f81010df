"""What did the programs do that this one started?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = ("credential_theft", "defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation")


def _any(column: str, *patterns: str) -> str:
    return "(" + " OR ".join(f"lower({column}) LIKE '{p}'" for p in patterns) + ")"


START = "operation = 'start'"
LOOKS = ("whoami", "systeminfo", "ipconfig", "tasklist", "quser", "qwinsta", "nltest", "dsquery", "netstat", "hostname", "arp", "klist", "cmdkey", "vssadmin", "net", "net1", "ifconfig", "uname", "id", "ss", "last", "w", "ps")
"""Tools that tell where one is and who else is here. `ip`, `ls` and `cat` stand in every script."""
LOOKING = _any("process", *(f"%_{t}.exe" for t in LOOKS), *(f"%/{t}" for t in LOOKS))
FETCH = f"{START} AND {_any('what', '%http://%', '%https://%', '%ftp://%')} AND {_any('process', '%certutil.exe', '%bitsadmin.exe', '%curl%', '%wget%', '%powershell.exe', '%pwsh%', '%mshta.exe', '%regsvr32.exe', '%/sh', '%/bash', '%/dash')}"
SECRETS = (
    f"((operation = 'open' AND {_any('what', '%lsass.exe')} AND {_any('process', '%powershell.exe', '%rundll32.exe', '%cmd.exe', '%procdump%', '%python%')})"
    f" OR ({START} AND {_any('what', '%reg% save %sam%', '%reg% save %security%', '%comsvcs%minidump%', '%procdump%lsass%', '%ntdsutil%ifm%', '%ntds.dit%', '%/etc/shadow%', '%sekurlsa%', '%.ssh/id_%', '%/.aws/credentials%')}))"
)
OUTSIDE = f"operation = 'connect' AND NOT ({private_plain('what')} OR what LIKE '168.63.129.16:%' OR what LIKE '127.%' OR what LIKE '169.254.%' OR what LIKE 'f%:%' OR what LIKE '::1:%')"

QUESTION = Question(
    id="host.descendants",
    text="What did the programs that this one started do within the hour?",
    why="An intruder's first program does little itself: it starts others that look round, fetch, and take passwords. Whatever began it, the line of descent tells the errand.",
    of="descendant_activity",
    about=("process:process",),
    by=("ancestor_guid",),
    before=timedelta(minutes=5),
    after=timedelta(hours=1),
    measures={
        "started": count(START), "looks": distinct("lower(process)", f"{START} AND {LOOKING}"), "fetched": count(FETCH), "secrets": count(SECRETS),
        "tools_outside": count(f"{OUTSIDE} AND {_any('process', '%powershell.exe', '%rundll32.exe', '%regsvr32.exe', '%mshta.exe', '%wscript.exe', '%cscript.exe', '%/bash', '%/sh', '%/nc', '%/ncat')}"),
    },
    grades={"they take passwords": "secrets > 0", "they look round": "looks >= 3", "they fetch things": "fetched > 0 OR tools_outside > 0"},
    otherwise="ordinary things",
    means={
        "they take passwords": "what it started reaches for stored passwords", "they look round": "what it started looks round: who is here, what runs, which machines there are",
        "they fetch things": "what it started fetches things from other places or speaks with the outside", "ordinary things": "what it started does ordinary things",
    },
    speaks={h: {"they take passwords": Strength.TELLING, "they look round": Strength.EXPECTED, "they fetch things": Strength.EXPECTED} for h in HOSTILE} | {"administration_by_code": {"they take passwords": Strength.UNEXPECTED}},
    alarming={"they take passwords": Strength.TELLING, "they look round": Strength.EXPECTED, "they fetch things": Strength.EXPECTED},
    family="chain",
    leads={"process_guid": "process:descendant"},
    evidence=f"{SECRETS} OR ({START} AND {LOOKING}) OR ({FETCH}) OR ({OUTSIDE})",
    blind_spots="A service, a task or a management interface starts programs on another's behalf: the line breaks there.",
)
