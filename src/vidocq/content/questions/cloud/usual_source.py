"""Has this identity been used from this address before?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.usual_source",
    text="Has this identity been used from this address before?",
    why="People and machines work from the same few places for weeks. A thief does not.",
    of="api_activity",
    about=("user:actor", "ip:source"),
    by=("actor_user", "src_ip"),
    before=timedelta(hours=720),
    measures={
        "earlier": count("time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '12' HOUR"),
        "sessions": count("actor_type = 'AssumedRole'"),
        # A container has a new address of the inside at every start: it says nothing of who is in it.
        "inside": count(f"service = 'kubernetes' AND {private_plain('src_ip')}"),
    },
    grades={"usual": "days >= 2", "seen before": "earlier > 0", "inside": "inside > 0", "log too short": "history_hours < 48", "a new session": "sessions > 0"},
    otherwise="never before",
    means={
        "usual": "the identity has been used from this address for days",
        "seen before": "the identity was used from here before",
        "never before": "the identity was never used from this address before",
        "log too short": "the log is too short to know",
        "inside": "it is an address inside a cluster, which is new at every start",
        "a new session": "it is a session, whose name says nothing about the past",
    },
    speaks={
        **{h: {"usual": Strength.UNEXPECTED, "never before": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_hand": {"usual": Strength.EXPECTED, "never before": Strength.UNEXPECTED},
        "administration_by_code": {"usual": Strength.EXPECTED, "never before": Strength.UNEXPECTED},
        "travel_new_device": {"never before": Strength.EXPECTED, "usual": Strength.UNEXPECTED},
    },
    alarming={"usual": Strength.UNEXPECTED, "never before": Strength.EXPECTED},
    family="where from",
    blind_spots="A thief behind the owner's own proxy; machines whose addresses change every day.",
)
