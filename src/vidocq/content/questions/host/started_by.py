"""What started the program?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

HOSTILE = ("credential_theft", "defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation")
START = "operation = 'start'"


def _parent(*names: str) -> str:
    return "(" + " OR ".join(f"lower(parent) LIKE '%{n}'" for n in names) + ")"


SCRIPTED = _parent("wscript.exe", "cscript.exe", "mshta.exe", "rundll32.exe", "regsvr32.exe", "msbuild.exe", "installutil.exe", "forfiles.exe", "pcalua.exe", "wmic.exe")
OUTSIDE = _parent("winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "iexplore.exe", "hh.exe", "acrord32.exe", "w3wp.exe", "httpd.exe", "nginx.exe", "sqlservr.exe", "/nginx", "/apache2", "/php-fpm")
REMOTE = _parent("wmiprvse.exe", "wsmprovhost.exe", "psexesvc.exe", "winrshost.exe")

QUESTION = Question(
    id="host.started_by",
    text="What started the program?",
    why="A person starts programs from the desktop or a terminal, a service from its manager. A document, a server or a script host that starts one does what came from outside.",
    of="process_activity",
    about=("process:process",),
    by=("process_guid",),
    before=timedelta(hours=24),
    after=timedelta(minutes=1),
    measures={"starts": count(START), "outside": count(f"{START} AND {OUTSIDE}"), "scripted": count(f"{START} AND {SCRIPTED}"), "remote": count(f"{START} AND {REMOTE}")},
    grades={"not known": "starts = 0", "what speaks with the outside": "outside > 0", "a script": "scripted > 0", "a remote hand": "remote > 0"},
    otherwise="something else",
    means={
        "not known": "its start was not recorded", "what speaks with the outside": "a document or a server started it", "a script": "a script host or a tool that stands in for one started it",
        "a remote hand": "a management interface started it for another machine", "something else": "a terminal, the desktop or a service started it",
    },
    speaks={h: {"what speaks with the outside": Strength.TELLING, "a script": Strength.EXPECTED, "a remote hand": Strength.EXPECTED} for h in HOSTILE} | {"administration_by_code": {"what speaks with the outside": Strength.UNEXPECTED, "a remote hand": Strength.EXPECTED}},
    alarming={"what speaks with the outside": Strength.EXPECTED, "a script": Strength.EXPECTED},
    family="lineage",
    blind_spots="A parent can be forged; a task or a service hides who made it.",
)
