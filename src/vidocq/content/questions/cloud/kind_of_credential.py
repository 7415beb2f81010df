"""What kind of credential is used?"""

from datetime import timedelta

from vidocq.behaviour.acting import CLICKS, PERMANENT
from vidocq.model.belief import Question, Strength, count

HOSTILE = (
    "cloud_compute_abuse", "cloud_exposure", "credential_theft", "defence_impairment", "destruction",
    "identity_persistence", "lateral_movement", "privilege_escalation",
)

# Only a cloud that names its credentials tells a session from a permanent key; of the factors that identity providers ask for, `identity.factor_used` tells.
_NAMED = "(actor_key IS NOT NULL OR actor_type IN ('IAMUser', 'Root', 'AssumedRole', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser'))"

QUESTION = Question(
    id="cloud.kind_of_credential",
    text="What kind of credential is used?",
    why="A permanent key, or a session without a second factor, is what gets stolen from repositories and laptops.",
    of="api_activity",
    about=("user:actor", "ip:source"),
    by=("actor_user", "src_ip"),
    before=timedelta(hours=1),
    measures={
        "calls": count(),
        "permanent": count(f"{PERMANENT} OR (actor_type IN ('IAMUser', 'Root') AND mfa IS NOT TRUE)"),
        "second_factor": count(f"mfa AND {_NAMED}"),
        "clicks": count(CLICKS),
        "named": count(_NAMED),
    },
    grades={"with a second factor": "second_factor > 0", "not told": "named = 0", "console": "clicks > 0", "permanent": "permanent > 0"},
    otherwise="session",
    means={
        "with a second factor": "it was opened with a second factor",
        "console": "it comes from the console",
        "permanent": "it is a permanent credential without a second factor",
        "session": "it is a temporary session without a second factor",
        "not told": "the log names no credential",
    },
    speaks={
        **{h: {"permanent": Strength.EXPECTED, "session": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED} for h in HOSTILE},
        "administration_by_hand": {"with a second factor": Strength.EXPECTED, "console": Strength.EXPECTED},
        "account_takeover": {"permanent": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED},
        "travel_new_device": {"with a second factor": Strength.EXPECTED},
    },
    alarming={"permanent": Strength.EXPECTED, "session": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED},
    blind_spots="Stolen session tokens carry the second factor with them; whoever holds one may call their program a browser.",
)
