"""Does the program open everything, or just the one?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="host.opens_everything",
    text="Does the program open every other process, or just this one?",
    why="Whoever lists processes opens them all alike: a task manager, a monitor, a scanner of memory. A thief of passwords opens the one that has them.",
    of="process_activity",
    about=("process:process",),
    by=("parent_guid",),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={"opened": count("operation = 'open'"), "targets": distinct("process", "operation = 'open'"), "passwords": count("operation = 'open' AND lower(process) LIKE '%lsass.exe'"), "memory": count("operation = 'open' AND call_trace LIKE '%UNKNOWN%'")},
    grades={"it opens nothing": "opened = 0", "from code without a file": "passwords > 0 AND memory > 0", "many alike": "targets >= 8", "that one": "passwords > 0"},
    otherwise="others",
    means={
        "it opens nothing": "no opening of a process is recorded", "from code without a file": "the code that asks lies in memory only, in no file", "many alike": "it opens many processes, and this one among them", "that one": "it opens the store of passwords and hardly anything else",
        "others": "it opens other processes",
    },
    speaks={
        "credential_theft": {"from code without a file": Strength.TELLING, "many alike": Strength.UNEXPECTED}, "host_compromise": {"from code without a file": Strength.TELLING, "many alike": Strength.UNEXPECTED},
        "vulnerability_scanner": {"many alike": Strength.TELLING}, "telemetry_poll": {"many alike": Strength.TELLING}, "security_agent": {"many alike": Strength.EXPECTED, "that one": Strength.UNEXPECTED, "from code without a file": Strength.RULES_OUT},
    },
    alarming={"from code without a file": Strength.TELLING, "many alike": Strength.UNEXPECTED},
    blind_spots="Sensors that record the opening of few processes only.",
)
