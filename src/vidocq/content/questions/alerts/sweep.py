"""Does the rule fire on many machines at once, where it never fired before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="alerts.sweep",
    text="Does the rule fire on many machines at once, where it never fired before?",
    why="Who scans a network sets off the same new rule on machine after machine within minutes.",
    of="detection_finding",
    about=("rule:case",),
    by=("rule",),
    before=timedelta(days=30),
    after=timedelta(minutes=10),
    measures={
        "now": count("time = c.at"),
        "machines": distinct("host", "time >= c.at - INTERVAL '600' SECOND"),
        "machines_before": distinct("host", "time < c.at - INTERVAL '600' SECOND"),
    },
    grades={"too early to say": "history_hours < 24", "a sweep": "machines >= 4 AND machines_before = 0", "many machines": "machines >= 4"},
    otherwise="few machines",
    means={
        "a sweep": "within minutes the rule fired on four or more machines, and never before on any",
        "many machines": "the rule fires on many machines at once, as it has before",
        "few machines": "the rule fires on few machines",
        "too early to say": "the sensor has not been heard for a day yet",
    },
    speaks={
        "scanning": {"a sweep": Strength.EXPECTED}, "sensor_noise": {"many machines": Strength.EXPECTED},
        "software_update": {"a sweep": Strength.EXPECTED, "many machines": Strength.EXPECTED},
    },
    alarming={"a sweep": Strength.EXPECTED},
    blind_spots="A new version of a rule, rolled out everywhere, looks the same.",
)
