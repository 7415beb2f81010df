"""What other work surrounds the act?"""

from datetime import timedelta

from vidocq.behaviour.acting import CLICKS
from vidocq.behaviour.services import reads_written
from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "cloud_compute_abuse", "cloud_exposure", "credential_theft", "defence_impairment", "destruction",
    "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.surrounding_work",
    text="What other work surrounds the act?",
    why=(
        "A tool that deploys reads hundreds of things before and after it changes one; a person clicks through lists. "
        "An act with nothing around it was prepared elsewhere."
    ),
    of="api_activity",
    about=("user:actor", "ip:source"),
    by=("actor_user", "src_ip"),
    before=timedelta(hours=1),
    after=timedelta(minutes=30),
    measures={
        "calls": count("invoked_by IS NULL"),
        "kinds": distinct("operation", "invoked_by IS NULL AND act IS NULL AND error IS NULL"),
        "changes": distinct("operation", "invoked_by IS NULL AND act IS NULL AND NOT read_only AND error IS NULL AND operation <> 'AssumeRole'"),
        "clicks": count(CLICKS),
        "told": count(reads_written()),
    },
    grades={"console work": "clicks >= 5", "a whole deployment": "kinds >= 15 AND changes >= 5", "other work": "kinds >= 6", "not told": "told = 0"},
    otherwise="nothing else",
    means={
        "console work": "the identity clicks through the console around it, from the same address",
        "a whole deployment": "it is part of a run that reads and changes much else",
        "other work": "the identity does other work around it",
        "nothing else": "hardly anything else is done by the identity around it",
        "not told": "the log holds changes only, so that nothing around one says nothing",
    },
    speaks={
        **{h: {"nothing else": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_hand": {"console work": Strength.EXPECTED, "nothing else": Strength.UNEXPECTED},
        "administration_by_code": {"a whole deployment": Strength.EXPECTED, "other work": Strength.EXPECTED, "nothing else": Strength.UNEXPECTED},
    },
    alarming={"nothing else": Strength.EXPECTED},
    blind_spots="An intruder who works inside somebody's busy hour hides in it.",
)
