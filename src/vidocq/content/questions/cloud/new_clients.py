"""Does the identity call with a client it never used?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.new_clients",
    text="Does the identity call with a client it never used?",
    why="A thief brings their own tools. Whoever calls may claim any, so a familiar one proves nothing.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    measures={
        "clients": distinct("tool", "tool <> 'aws service'"),
        "before_now": distinct("tool", "tool <> 'aws service' AND time < c.at - INTERVAL '12' HOUR"),
    },
    grades={"log too short": "history_hours < 24", "a new identity": "before_now = 0", "a new client": "clients > before_now"},
    otherwise="the usual",
    means={
        "a new client": "a client is used that the identity never used",
        "the usual": "the clients are those the identity always used",
        "a new identity": "the identity itself is new",
        "log too short": "the log is too short to know",
    },
    speaks={
        **{h: {"a new client": Strength.EXPECTED} for h in HOSTILE},
        "travel_new_device": {"a new client": Strength.EXPECTED},
        "administration_by_code": {"a new client": Strength.UNEXPECTED},
    },
    alarming={"a new client": Strength.EXPECTED},
    blind_spots="User agents are what the caller says.",
)
