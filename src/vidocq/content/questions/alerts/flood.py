"""Does the rule fire far more than it ever did on this machine?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

_HOSTILE = ("host_compromise", "exploited_service", "privilege_escalation", "credential_theft", "lateral_movement", "scanning", "credential_guessing")

QUESTION = Question(
    id="alerts.flood",
    text="Does the rule fire far more than it ever did on this machine?",
    why="Noise keeps its level. A scan, a guesser or a worm lets one rule fire more in an hour than in all the days before.",
    of="detection_finding",
    about=("host:host", "rule:case"),
    by=("host", "rule"),
    before=timedelta(days=30),
    after=timedelta(hours=1),
    measures={"moment": count("time = c.at"), "hour": count("time >= c.at"), "earlier": count("time < c.at")},
    grades={
        "too early to say": "history_hours < 24", "a flood": "hour >= 20 AND hour > earlier",
        "more than usual": "hour >= 5 AND hour * history_hours > 24 * earlier",
    },
    otherwise="no",
    means={
        "a flood": "it fired more often in this hour than in all the time before",
        "more than usual": "it fired more often in this hour than on an ordinary day",
        "no": "it fires at its usual rate",
    },
    speaks={h: {"a flood": Strength.EXPECTED} for h in _HOSTILE} | {"sensor_noise": {"a flood": Strength.UNEXPECTED}},
    alarming={"a flood": Strength.EXPECTED},
    details={"hour": ("alerts of the rule in the hour", "alerts")},
    blind_spots="Slow attacks; a broken client floods too.",
)
