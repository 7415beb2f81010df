"""How many identities act from the address?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.identities_at_address",
    text="How many identities act from the address?",
    why="One machine that speaks as many identities within the hour collects credentials, or is a gateway that many share.",
    of="api_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=24),
    after=timedelta(minutes=30),
    measures={
        "identities": distinct("actor_user", "invoked_by IS NULL"),
        "before_now": distinct("actor_user", "time < c.at - INTERVAL '2' HOUR"),
        "roles": distinct("issuer"),
    },
    grades={"always many": "before_now >= 3", "many": "identities >= 4"},
    otherwise="few",
    means={
        "always many": "many have always worked from there",
        "many": "it speaks as four or more identities within the hour",
        "few": "it speaks as one or a few identities",
    },
    speaks={
        **{h: {"many": Strength.EXPECTED} for h in HOSTILE},
        "account_takeover": {"many": Strength.EXPECTED},
    },
    alarming={"many": Strength.EXPECTED},
)
