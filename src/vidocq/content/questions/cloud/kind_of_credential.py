"""What kind of credential is used?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

HOSTILE = (
    "cloud_compute_abuse", "cloud_exposure", "credential_theft", "defence_impairment", "destruction",
    "identity_persistence", "lateral_movement", "privilege_escalation",
)

TOLD = "'IAMUser', 'Root', 'AssumedRole', 'Role', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'AWSAccount'"
"""Types of identity that say what kind of credential was used."""

QUESTION = Question(
    id="cloud.kind_of_credential",
    text="What kind of credential is used?",
    why="A permanent key, or a session without a second factor, is what gets stolen from repositories and laptops.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=1),
    measures={
        "calls": count(),
        "permanent": count("actor_key LIKE 'AKIA%' OR (actor_type IN ('IAMUser', 'Root') AND mfa IS NOT TRUE)"),
        "second_factor": count("mfa"),
        "clicks": count("tool = 'console'"),
        "federated": count("actor_type IN ('FederatedUser')"),
        # The log of a service names who acts, seldom with what credential: silence about it says nothing.
        "told": count(f"mfa IS NOT NULL OR actor_key LIKE 'AKIA%' OR actor_key LIKE 'ASIA%' OR actor_type IN ({TOLD})"),
    },
    grades={"with a second factor": "second_factor > 0", "not told": "told = 0", "console": "clicks > 0", "permanent": "permanent > 0"},
    otherwise="session",
    means={
        "with a second factor": "it was opened with a second factor",
        "not told": "the log does not tell what credentials are used",
        "console": "it comes from the console",
        "permanent": "it is a permanent credential without a second factor",
        "session": "it is a temporary session without a second factor",
    },
    speaks={
        **{h: {"permanent": Strength.EXPECTED, "session": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED} for h in HOSTILE},
        "administration_by_hand": {"with a second factor": Strength.EXPECTED, "console": Strength.EXPECTED},
        "account_takeover": {"permanent": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED},
        "travel_new_device": {"with a second factor": Strength.EXPECTED},
    },
    alarming={"permanent": Strength.EXPECTED, "session": Strength.EXPECTED, "with a second factor": Strength.UNEXPECTED},
    blind_spots="Stolen session tokens carry the second factor with them.",
)
