"""Is the role behind the session in regular use?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.role_history",
    text="Is the role behind the session in regular use?",
    why="A role that a pipeline or service assumes day after day does what it is for.",
    of="api_activity",
    about=("resource:issuer",),
    by=("issuer",),
    before=timedelta(hours=720),
    after=timedelta(minutes=30),
    measures={
        "earlier": count("time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '12' HOUR"),
        "acts": distinct("act", "act IS NOT NULL"),
        "acts_before": distinct("act", "act IS NOT NULL AND time < c.at - INTERVAL '12' HOUR"),
    },
    grades={
        "regular, and so is the act": "days >= 2 AND acts = acts_before AND acts > 0",
        "regular, but not the act": "days >= 2",
        "log too short": "history_hours < 72",
    },
    otherwise="rarely used",
    means={
        "regular, and so is the act": "the role is used day after day and has done this before",
        "regular, but not the act": "the role is used day after day, but never for this",
        "rarely used": "the role is hardly ever used",
        "log too short": "the log is too short to know",
    },
    speaks={
        **{h: {"regular, and so is the act": Strength.UNEXPECTED, "rarely used": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_code": {"regular, and so is the act": Strength.TELLING, "rarely used": Strength.UNEXPECTED},
        "autoscaling": {"regular, and so is the act": Strength.TELLING},
        "administration_by_hand": {"regular, and so is the act": Strength.EXPECTED},
    },
    alarming={"regular, and so is the act": Strength.UNEXPECTED, "rarely used": Strength.EXPECTED},
)
