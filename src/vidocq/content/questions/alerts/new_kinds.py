"""How many kinds of alert began on this machine around this one?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_HOSTILE = ("host_compromise", "exploited_service", "privilege_escalation", "credential_theft", "lateral_movement")

QUESTION = Question(
    id="alerts.new_kinds",
    text="How many kinds of alert began on this machine around this one?",
    why="One new rule is an update or an odd client. An intrusion sets off rule after rule that the machine never set off before, within an hour or two.",
    of="detection_finding",
    about=("host:host",),
    by=("host",),
    before=timedelta(days=30),
    after=timedelta(minutes=30),
    measures={
        "now": count("time = c.at"),
        "kinds": distinct("COALESCE(title, rule)"),
        "kinds_before": distinct("COALESCE(title, rule)", "time < c.at - INTERVAL '7200' SECOND"),
        # Rules that met one event are one witness.
        "events": distinct("uid", "time >= c.at - INTERVAL '7200' SECOND"),
        "before": count("time < c.at - INTERVAL '86400' SECOND"),
    },
    grades={
        "too early to say": "history_hours < 24",
        "a burst": "kinds - kinds_before >= 8 AND events >= 8",
        # On a machine that is heard since today every kind is new: what connecting it sets off is no burst.
        "newly heard": "before = 0",
        "several": "kinds - kinds_before >= 5 AND events >= 5",
        "a few": "kinds - kinds_before >= 1",
    },
    otherwise="none",
    means={
        "a burst": "eight or more kinds of alert that the machine had never set off began within two and a half hours",
        "several": "five to seven kinds of alert that the machine had never set off began within two and a half hours",
        "a few": "fewer than five kinds of alert were new on the machine",
        "none": "every alert of these hours is of a kind the machine had set off before",
        "too early to say": "the sensors have not been heard for a day yet",
        "newly heard": "no alert spoke of the machine before today: that a few kinds are new there says nothing",
    },
    speaks={h: {"a burst": Strength.TELLING, "several": Strength.EXPECTED} for h in _HOSTILE} | {
        "sensor_noise": {"a burst": Strength.RULES_OUT, "several": Strength.UNEXPECTED, "none": Strength.EXPECTED},
    },
    alarming={"a burst": Strength.TELLING, "several": Strength.EXPECTED},
    details={"kinds": ("kinds of alert on the machine so far", "kinds")},
    blind_spots="Events of older kinds count among the events that new ones need. A new sensor or a new set of rules makes many kinds begin at once, on every machine.",
)
