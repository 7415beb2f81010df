"""Does the identity do the same few things at a steady pace?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.steady_program",
    text="Does the identity do the same few things at a steady pace?",
    why="A program of the account's own asks the same one or two things for ever. A person or an intruder does not.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=1),
    after=timedelta(minutes=30),
    measures={
        "calls": count("invoked_by IS NULL"),
        "kinds": distinct("operation", "invoked_by IS NULL"),
        "minutes": distinct("date_trunc('minute', time)", "invoked_by IS NULL"),
        "sessions": count("actor_type = 'AssumedRole'"),
        "refused": count("error IS NOT NULL"),
    },
    grades={"steady": "kinds <= 2 AND minutes >= 3 AND sessions > 0 AND refused = 0"},
    otherwise="no",
    means={
        "steady": "it is a program that does the same one or two things minute after minute",
        "no": "its calls have no steady pace",
    },
    speaks={
        **{h: {"steady": Strength.UNEXPECTED} for h in HOSTILE},
        "administration_by_code": {"steady": Strength.TELLING},
        "autoscaling": {"steady": Strength.TELLING},
    },
    alarming={"steady": Strength.UNEXPECTED},
)
