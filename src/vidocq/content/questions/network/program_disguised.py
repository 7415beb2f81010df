"""Does the program come under a name that hides what it is?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

PROGRAM = "(lower(mime) LIKE '%dosexec%' OR lower(mime) LIKE '%x-executable%' OR lower(mime) LIKE '%x-elf%' OR lower(mime) LIKE '%x-msdownload%' OR lower(mime) LIKE '%portable-executable%' OR lower(mime) LIKE '%shellscript%')"
OPEN = "(lower(url) LIKE '%.exe%' OR lower(url) LIKE '%.msi%' OR lower(url) LIKE '%.dll%' OR lower(url) LIKE '%.cab%' OR lower(url) LIKE '%.sh%' OR lower(url) LIKE '%.bin%')"

QUESTION = Question(
    id="network.program_disguised",
    text="Does the program come under a name that hides what it is?",
    why="A publisher calls a program a program. One that comes as a picture, a text or nothing in particular is meant to pass unseen.",
    of="http_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=2),
    after=timedelta(minutes=5),
    measures={"programs": count(PROGRAM), "hidden": count(f"{PROGRAM} AND url IS NOT NULL AND NOT {OPEN}")},
    grades={"no program": "programs = 0", "under another name": "hidden > 0"},
    otherwise="as a program",
    means={"no program": "no program was fetched from there", "under another name": "the program came under a name that says nothing of a program", "as a program": "the program came as what it is"},
    speaks={
        "malware_delivery": {"under another name": Strength.TELLING, "as a program": Strength.EXPECTED, "no program": Strength.UNEXPECTED},
        "software_update": {"under another name": Strength.UNEXPECTED, "as a program": Strength.EXPECTED},
    },
    alarming={"under another name": Strength.TELLING},
    blind_spots="Delta updates have odd names too, but come from servers with names.",
)
