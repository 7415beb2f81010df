"""Has this person signed in from this address before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_BEFORE = "status = 'success' AND time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="identity.usual_place",
    text="Has this person signed in from this address before?",
    why="People sign in from the office, from home and from a telephone. A thief signs in from elsewhere.",
    of="authentication",
    about=("user:actor", "ip:source"),
    by=("actor_user", "src_ip"),
    before=timedelta(hours=720),
    measures={"days": distinct("CAST(time AS DATE)", _BEFORE), "earlier": count(_BEFORE), "services": count("dst_ip IS NULL AND host IS NULL")},
    grades={"a machine": "services = 0", "usual": "days >= 2", "seen before": "earlier > 0", "log too short": "history_hours < 48"},
    otherwise="never before",
    means={
        "usual": "the person has signed in from this address for days", "seen before": "the person has signed in from here before", "never before": "the person never signed in from this address before",
        "log too short": "the log is too short to know", "a machine": "the sign-in is one to a machine",
    },
    speaks={
        **{h: {"usual": Strength.UNEXPECTED, "never before": Strength.EXPECTED} for h in ("account_takeover", "identity_persistence", "mail_takeover", "consent_phishing", "defence_impairment", "privilege_escalation")},
        "credential_guessing": {"usual": Strength.UNEXPECTED}, "broken_client": {"usual": Strength.EXPECTED},
        "administration_by_hand": {"usual": Strength.EXPECTED}, "service_desk": {"usual": Strength.EXPECTED, "never before": Strength.UNEXPECTED}, "travel_new_device": {"never before": Strength.EXPECTED},
    },
    family="where from",
    blind_spots="A thief behind the owner's own gateway.",
)
