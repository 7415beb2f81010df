"""How much is refused?"""

from datetime import timedelta

from vidocq.behaviour.acting import EXHAUSTED, REFUSED
from vidocq.model.belief import Question, Strength, count

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.refused",
    text="How much is refused?",
    why="Who owns a credential knows what it may do; who found it tries.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=1),
    after=timedelta(minutes=30),
    measures={
        "refused": count(f"{REFUSED} OR {EXHAUSTED}"),
        "calls": count("invoked_by IS NULL"),
        "weighty": count(f"act IS NOT NULL AND ({REFUSED} OR {EXHAUSTED})"),
    },
    grades={"a weighty act": "weighty > 0", "mostly": "refused >= 5 AND refused * 2 > calls", "some": "refused > 0"},
    otherwise="nothing",
    means={
        "a weighty act": "an act that would matter was refused",
        "mostly": "most of what it tries is refused",
        "some": "some calls are refused",
        "nothing": "nothing is refused",
    },
    speaks={
        **{h: {"a weighty act": Strength.EXPECTED, "mostly": Strength.EXPECTED} for h in HOSTILE},
        "broken_client": {"mostly": Strength.EXPECTED},
        "administration_by_code": {"a weighty act": Strength.UNEXPECTED},
    },
    alarming={"a weighty act": Strength.EXPECTED, "mostly": Strength.EXPECTED},
    details={"refused": ("calls refused", "")},
)
