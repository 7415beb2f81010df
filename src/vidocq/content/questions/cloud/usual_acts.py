"""Has this identity made such weighty changes before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.usual_acts",
    text="Has this identity made such weighty changes before?",
    why="An administrator's or a pipeline's weighty changes recur. The first ever, or several new kinds at once, do not.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    after=timedelta(minutes=30),
    measures={
        "weighty": count("act IS NOT NULL"),
        "now": distinct("act", "act IS NOT NULL"),
        "before_now": distinct("act", "act IS NOT NULL AND time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "act IS NOT NULL AND time < c.at - INTERVAL '12' HOUR"),
        "known_since": first(),
        "calls_before": count("time < c.at - INTERVAL '12' HOUR"),
    },
    grades={
        "log too short": "history_hours < 24",
        "a new identity": "calls_before = 0",
        "routine": "now = before_now AND days >= 2",
        "now and then": "now = before_now",
        "several new": "now - before_now >= 2",
    },
    otherwise="one new",
    means={
        "routine": "the identity has done all of it on several days before",
        "now and then": "the identity has done it before",
        "one new": "one kind of act is new to the identity",
        "several new": "several kinds of act are new to the identity",
        "a new identity": "the identity itself is new",
        "log too short": "the log is too short to know",
    },
    speaks={
        **{h: {"several new": Strength.EXPECTED, "routine": Strength.UNEXPECTED} for h in HOSTILE},
        "administration_by_code": {"routine": Strength.TELLING, "now and then": Strength.EXPECTED, "several new": Strength.UNEXPECTED},
        "administration_by_hand": {"routine": Strength.TELLING, "now and then": Strength.EXPECTED, "several new": Strength.UNEXPECTED},
    },
    alarming={"several new": Strength.EXPECTED, "routine": Strength.UNEXPECTED},
    blind_spots="A thief who does only what the owner does.",
)
