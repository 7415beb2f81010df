"""Has this rule fired on this machine before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

_HOSTILE = (
    "host_compromise", "exploited_service", "privilege_escalation", "credential_theft", "lateral_movement",
    "scanning", "credential_guessing", "malware_delivery", "account_takeover",
)

QUESTION = Question(
    id="alerts.rule_history",
    text="Has this rule fired on this machine before?",
    why="Most alerts are the everyday noise of a rule on a machine. What a machine never did in days of watching is worth more than what it does every day.",
    of="detection_finding",
    about=("host:host", "rule:case"),
    by=("host", "rule"),
    before=timedelta(days=30),
    after=timedelta(hours=1),
    measures={
        "now": count("time = c.at"),
        "earlier": count("time < c.at - INTERVAL '3600' SECOND"),
        "days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '3600' SECOND"),
        "since": first(),
    },
    grades={
        "too early to say": "history_hours < 24",
        "never before": "earlier = 0",
        "most days": "days >= 3 AND days * 24 >= 0.6 * history_hours",
    },
    otherwise="now and then",
    means={
        "never before": "this rule had never fired there in a day or more of watching",
        "most days": "this rule fires there on most days",
        "now and then": "this rule has fired there before, though not daily",
        "too early to say": "the sensor has not been heard for a day yet",
    },
    speaks={h: {"never before": Strength.EXPECTED, "most days": Strength.UNEXPECTED} for h in _HOSTILE} | {
        "sensor_noise": {"never before": Strength.UNEXPECTED, "most days": Strength.TELLING},
        "software_update": {"most days": Strength.EXPECTED},
    },
    alarming={"never before": Strength.EXPECTED, "most days": Strength.UNEXPECTED},
    blind_spots="A rule that fires daily hides an attack of its own kind; a new version of the rules makes everything new.",
)
