"""Does the identity change the same kinds of things in the cluster every day?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "container_escape", "credential_theft", "defence_impairment", "identity_persistence",
    "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="kubernetes.daily_work",
    text="Does the identity change the same kinds of things in the cluster every day?",
    why="A controller or a deployer does the same few things for ever. What it never did before is not its work.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    after=timedelta(minutes=10),
    measures={
        "calls": count("service = 'kubernetes'"),
        "kinds": distinct("operation", "service = 'kubernetes' AND (act IS NOT NULL OR NOT read_only)"),
        "before_now": distinct("operation", "service = 'kubernetes' AND (act IS NOT NULL OR NOT read_only) AND time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "service = 'kubernetes' AND (act IS NOT NULL OR NOT read_only) AND time < c.at - INTERVAL '12' HOUR"),
    },
    grades={
        "no cluster": "calls = 0",
        "log too short": "history_hours < 48",
        "every day": "kinds = before_now AND days >= 2",
        "seldom": "days < 2",
    },
    otherwise="something new",
    means={
        "no cluster": "it calls no cluster",
        "every day": "all it does in the cluster it has done on several days before",
        "seldom": "it has hardly changed anything in the cluster before",
        "something new": "it works in the cluster day after day, and now does what it never did",
        "log too short": "the log is too short to know",
    },
    speaks={
        "cluster_automation": {"every day": Strength.TELLING, "something new": Strength.UNEXPECTED, "seldom": Strength.UNEXPECTED},
        **{h: {"every day": Strength.UNEXPECTED, "something new": Strength.EXPECTED} for h in HOSTILE},
    },
    alarming={"every day": Strength.UNEXPECTED},
    family="cloud.usual_acts",
    blind_spots="A thief who does only what the owner does.",
)
