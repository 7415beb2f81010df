"""Is it a person who reads so much, and for the first time?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

READS = "operation = 'GetObject' AND status = 'success'"
PERSON = "(actor_type = 'IAMUser' OR actor_user LIKE '%:%@%')"
"""A key or a session that bears a person's name."""

QUESTION = Question(
    id="cloud.bulk_by_hand",
    text="Is it a person who reads hundreds of objects, and for the first time?",
    why="Programs read stores whole; a person looks at a few things. Who never took much and then takes everything takes it along.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(days=30),
    after=timedelta(minutes=10),
    measures={
        "now": count(f"{READS} AND time >= c.at - INTERVAL '2' HOUR"), "earlier": count(f"{READS} AND time < c.at - INTERVAL '12' HOUR"), "named": count(f"{PERSON} AND time >= c.at - INTERVAL '2' HOUR"),
        "console_or_tool": count("tool IN ('console', 'aws-cli') AND time >= c.at - INTERVAL '2' HOUR"),
    },
    grades={"little read": "now < 100", "a program": "named = 0 OR console_or_tool = 0", "log too short": "history_hours < 24", "a person, as before": "earlier * 2 >= now"},
    otherwise="a person, for the first time",
    means={
        "little read": "it reads little", "a program": "it is no person's hand that reads", "log too short": "the log is too short to know", "a person, as before": "the person reads much on other days too",
        "a person, for the first time": "a person reads hundreds of objects, and never did before",
    },
    speaks={
        "insider_misuse": {"a person, for the first time": Strength.EXPECTED, "a person, as before": Strength.UNEXPECTED, "a program": Strength.UNEXPECTED},
        "administration_by_hand": {"a person, for the first time": Strength.UNEXPECTED, "a person, as before": Strength.EXPECTED, "a program": Strength.UNEXPECTED},
        "administration_by_code": {"a person, for the first time": Strength.UNEXPECTED, "a person, as before": Strength.UNEXPECTED},
    },
    alarming={"a person, for the first time": Strength.EXPECTED, "a person, as before": Strength.UNEXPECTED},
    blind_spots="Jobs that run under a person's key; a developer's first copy of a set of data to work with.",
)
