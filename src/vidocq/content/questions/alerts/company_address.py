"""What else do products say of this address, within the week?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_HOSTILE = ("account_takeover", "scanning")

QUESTION = Question(
    id="alerts.company_address",
    text="What else do products say of this address, within the week?",
    why="One rated alert can be wrong. Different ones about the same address, each with a technique of its own, are steps of one story.",
    of="detection_finding",
    about=("ip:peer",),
    by=("src_ip",),
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
        "many": "three or more different alerts of weight, with techniques, speak of the address within the week",
        "some": "two different alerts of weight speak of the address within the week",
        "nothing of weight": "no second alert of weight speaks of the address",
    },
    speaks={h: {"many": Strength.TELLING, "some": Strength.EXPECTED} for h in _HOSTILE},
    alarming={"many": Strength.TELLING, "some": Strength.EXPECTED},
    family="company of alerts",
    blind_spots="Several alerts may all come from one innocent act.",
)
