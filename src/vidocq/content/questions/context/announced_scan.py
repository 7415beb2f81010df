"""Does the owner say that this machine scans?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="context.announced_scan",
    text="Does the owner say that this machine scans, or that a test is under way?",
    why="Scanners are bought and tests are ordered. Whoever knows of them has written it down, and an attacker cannot write there.",
    of="asset",
    about=("ip:source",),
    by=("name",),
    before=None,
    measures={
        "entries": count(), "window": count("test_from <= c.at AND (test_until IS NULL OR test_until >= c.at)"), "over": count("test_until < c.at OR test_from > c.at"),
        "scanner": count("lower(note) LIKE '%scanner%' OR lower(note) LIKE '%vulnerability scan%'"),
    },
    grades={"a test is under way": "window > 0", "no test at that time": "over > 0", "it is the owner's scanner": "scanner > 0"},
    otherwise="not said",
    means={
        "a test is under way": "a test from this machine was announced for this time", "no test at that time": "a test from this machine was announced, but not for this time", "it is the owner's scanner": "the owner calls it a scanner",
        "not said": "the owner's list has it, and says nothing of scans",
    },
    speaks={
        "vulnerability_scanner": {"a test is under way": Strength.TELLING, "it is the owner's scanner": Strength.TELLING}, "scanning": {"a test is under way": Strength.UNEXPECTED, "it is the owner's scanner": Strength.UNEXPECTED},
        "credential_guessing": {"a test is under way": Strength.UNEXPECTED}, "exploited_service": {"a test is under way": Strength.UNEXPECTED},
        "ordered_test": {"a test is under way": Strength.DAMNING, "no test at that time": Strength.RULES_OUT},
    },
    alarming={"a test is under way": Strength.UNEXPECTED, "it is the owner's scanner": Strength.UNEXPECTED},
    blind_spots="A scanner that was broken into scans for somebody else.",
)
