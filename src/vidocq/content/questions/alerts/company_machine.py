"""What else do products say of this machine, within the week?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_HOSTILE = ("host_compromise", "exploited_service", "privilege_escalation", "credential_theft", "lateral_movement", "malware_delivery")

QUESTION = Question(
    id="alerts.company_machine",
    text="What else do products say of this machine, within the week?",
    why="One rated alert can be wrong. Different ones about the same machine, each with a technique of its own, are steps of one story.",
    of="detection_finding",
    about=("host:host",),
    by=("host",),
    before=timedelta(days=7),
    after=timedelta(hours=1),
    measures={
        "now": count("time = c.at"),
        "serious_kinds": distinct("COALESCE(title, rule)", "severity >= 3 AND techniques IS NOT NULL AND techniques <> ''"),
        "high_kinds": distinct("COALESCE(title, rule)", "severity >= 4"),
        # Rules that met one event are one witness.
        "serious_events": distinct("uid", "severity >= 3 AND techniques IS NOT NULL AND techniques <> ''"),
        "high_events": distinct("uid", "severity >= 4"),
    },
    grades={"many": "serious_kinds >= 3 AND serious_events >= 3", "some": "(serious_kinds >= 2 AND serious_events >= 2) OR (high_kinds >= 2 AND high_events >= 2)"},
    otherwise="nothing of weight",
    means={
        "many": "three or more different alerts of weight, with techniques, speak of the machine within the week",
        "some": "two different alerts of weight speak of the machine within the week",
        "nothing of weight": "no second alert of weight speaks of the machine",
    },
    speaks={h: {"many": Strength.TELLING, "some": Strength.EXPECTED} for h in _HOSTILE},
    alarming={"many": Strength.TELLING, "some": Strength.EXPECTED},
    family="company of alerts",
    blind_spots="Several alerts may all come from one innocent act.",
)
