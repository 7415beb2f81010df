"""How broad is the inventory, and had the identity asked for these things before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

QUESTION = Question(
    id="cloud.inventory_breadth",
    text="How broad is the inventory, and had the identity asked for these things before?",
    why="Tools ask for the same things every day. Who asks within the hour for many things they never asked for is finding out what there is.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    after=timedelta(minutes=15),
    measures={
        "kinds": distinct("operation", "read_only AND invoked_by IS NULL AND time >= c.at - INTERVAL '1' HOUR"),
        "ever": distinct("operation", "read_only AND invoked_by IS NULL"),
        "before_now": distinct("operation", "read_only AND invoked_by IS NULL AND time < c.at - INTERVAL '12' HOUR"),
    },
    grades={"narrow": "kinds < 8", "log too short": "history_hours < 48", "broad and new": "ever - before_now >= 6"},
    otherwise="broad, as before",
    means={
        "narrow": "it asks for few kinds of things",
        "broad and new": "within the hour it asks for many things it never asked for",
        "broad, as before": "it asks for the many things it always asks for",
        "log too short": "it asks for many things; the log is too short to know whether that is new",
    },
    speaks={
        "cloud_reconnaissance": {"broad and new": Strength.TELLING, "narrow": Strength.UNEXPECTED, "broad, as before": Strength.UNEXPECTED, "log too short": Strength.EXPECTED},
        "account_takeover": {"broad and new": Strength.EXPECTED},
        "administration_by_code": {"broad, as before": Strength.EXPECTED},
        "administration_by_hand": {"broad, as before": Strength.EXPECTED},
    },
    alarming={"broad and new": Strength.EXPECTED, "broad, as before": Strength.UNEXPECTED},
    details={"kinds": ("kinds of things asked for within the hour", "")},
)
