"""How many different tactics does the address use within an hour and a half?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

# What ordinary work is full of does not make a chain; many secrets at once do.
COMMON = (
    "'compute started', 'identity made', 'data destroyed', 'secret read', 'function changed', 'recovery impaired', "
    "'copy made', 'access removed', 'session token made', 'region opened', 'outside code run', 'workload changed', 'service exposed', 'admission changed'"
)

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

_NOW = "invoked_by IS NULL AND time >= c.at - INTERVAL '1' HOUR"
_LONG_AGO = "invoked_by IS NULL AND time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="cloud.several_tactics_from_address",
    text="How many different tactics does the address use within an hour and a half?",
    why="To read secrets, turn off logs, grant rights and share data within an hour is what an attack looks like. Ordinary work does one thing at a time. Behind a gateway or on a runner several do theirs at once: what each of them does is asked of each.",
    of="api_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=720),
    after=timedelta(minutes=30),
    measures={
        "tactics": distinct("tactic", f"act NOT IN ({COMMON}) AND {_NOW}"),
        "weighty": count(f"act IS NOT NULL AND {_NOW}"),
        "secrets": count(f"act = 'secret read' AND {_NOW}"),
        "workers": distinct("COALESCE(issuer, actor_user)", f"act IS NOT NULL AND {_LONG_AGO}"),
        "days": distinct("CAST(time AS DATE)", f"act IS NOT NULL AND {_LONG_AGO}"),
        "worn": distinct("CAST(time AS DATE)", "error IS NULL AND invoked_by IS NULL AND time < c.at - INTERVAL '20' HOUR"),
        # Whoever holds one credential takes on eight roles within a minute; eight accounts of their own they have not.
        "accounts": distinct("actor_user", "error IS NULL AND invoked_by IS NULL AND issuer IS NULL AND COALESCE(actor_type, '') <> 'AssumedRole' AND time < c.at - INTERVAL '2' HOUR"),
        "people": distinct("COALESCE(issuer, actor_user)", "error IS NULL AND invoked_by IS NULL AND time < c.at - INTERVAL '2' HOUR"),
    },
    grades={
        "a shared place": "(workers >= 3 AND days >= 2) OR (people >= 8 AND worn >= 2) OR accounts >= 8",
        "many": "tactics + (CASE WHEN secrets >= 5 THEN 1 ELSE 0 END) >= 4",
        "three": "tactics + (CASE WHEN secrets >= 5 THEN 1 ELSE 0 END) = 3",
        "two": "tactics + (CASE WHEN secrets >= 5 THEN 1 ELSE 0 END) = 2",
    },
    otherwise="one",
    means={
        "a shared place": "many identities have long worked from the address: what it does in an hour is no one's chain",
        "many": "the address uses four or more tactics within the hour",
        "three": "the address uses three tactics within the hour",
        "two": "the address uses two tactics within the hour",
        "one": "the address does nothing else that is weighty",
    },
    speaks={
        **{h: {"many": Strength.TELLING, "three": Strength.TELLING, "two": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_code": {"many": Strength.UNEXPECTED, "three": Strength.UNEXPECTED},
        "administration_by_hand": {"many": Strength.UNEXPECTED, "three": Strength.UNEXPECTED},
    },
    alarming={"many": Strength.TELLING, "three": Strength.TELLING, "two": Strength.EXPECTED},
    family="chain",
    details={"tactics": ("tactics within the hour", "")},
    blind_spots="An intruder behind the house's own gateway; a patient intruder takes days between steps; a first deployment of a whole account touches much at once.",
)
