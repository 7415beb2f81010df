"""Has this role been used from this address before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.usual_source_of_role",
    text="Has this role been used from this address before?",
    why="People and machines work from the same few places for weeks. A thief does not.",
    of="api_activity",
    about=("resource:issuer", "ip:source"),
    by=("issuer", "src_ip"),
    before=timedelta(hours=720),
    measures={
        "earlier": count("time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '12' HOUR"),
    },
    grades={"usual": "days >= 2", "seen before": "earlier > 0", "log too short": "history_hours < 48"},
    otherwise="never before",
    means={
        "usual": "the role has been used from this address for days",
        "seen before": "the role was used from here before",
        "never before": "the role was never used from this address before",
        "log too short": "the log is too short to know",
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
