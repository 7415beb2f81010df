"""How serious does the product itself find it, about this person?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, largest

_HOSTILE = ("account_takeover", "phishing", "credential_theft", "privilege_escalation", "lateral_movement")

QUESTION = Question(
    id="alerts.product_verdict_person",
    text="How serious does the product itself find it, about this person?",
    why="A product that watches programs and sign-ins, names the person and the technique, and calls it serious, has looked at more than a log line.",
    of="detection_finding",
    about=("user:actor", "rule:case"),
    by=("actor_user", "rule"),
    before=timedelta(0),
    after=timedelta(hours=1),
    measures={"severity": largest("severity"), "serious": count("severity >= 3 AND techniques IS NOT NULL AND techniques <> ''")},
    grades={"high": "severity >= 4", "serious with a technique": "serious > 0", "low": "severity BETWEEN 1 AND 2"},
    otherwise="unrated",
    means={
        "high": "the product calls it serious",
        "serious with a technique": "the product calls it of medium weight, and names the attacker's technique",
        "low": "the product itself gives it little weight",
        "unrated": "the product does not say how serious it is",
    },
    speaks={h: {"high": Strength.TELLING, "serious with a technique": Strength.TELLING} for h in _HOSTILE},
    alarming={"high": Strength.TELLING, "serious with a technique": Strength.TELLING},
    family="what the product says",
    blind_spots="Severity belongs to the rule, seldom to the case.",
)
