"""By which factor did this person get in?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

# People sign in to machines too, all day: that says nothing of the sign-in to a service.
_IN = "status = 'success' AND dst_ip IS NULL AND host IS NULL"

QUESTION = Question(
    id="identity.factor_used",
    text="By which factor did this person get in?",
    why="A security key cannot be lured out of anybody; a prompt or a code can; a password alone is what is stolen.",
    of="authentication",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=2),
    after=timedelta(minutes=15),
    measures={
        "key": count(f"{_IN} AND method = 'security key'"), "second": count(f"{_IN} AND method IN ('push', 'one-time code', 'text message', 'call')"),
        "weak": count(f"{_IN} AND logon_type IN ('legacy', 'device code', 'password handed over')"), "alone": count(f"{_IN} AND method = 'password'"),
        "services": count("dst_ip IS NULL AND host IS NULL"),
    },
    grades={"a machine": "services = 0", "around it": "weak > 0", "a security key": "key > 0", "a second factor": "second > 0", "a password alone": "alone > 0"},
    otherwise="not told",
    means={
        "around it": "it came in by a way that knows no second factor", "a security key": "it came in with a security key", "a second factor": "it came in with a second factor", "a password alone": "it came in with a password alone",
        "not told": "the log does not say by which factor", "a machine": "the sign-in is one to a machine",
    },
    speaks={
        "account_takeover": {"around it": Strength.EXPECTED, "a security key": Strength.UNEXPECTED, "a password alone": Strength.EXPECTED},
        "travel_new_device": {"a security key": Strength.EXPECTED, "a second factor": Strength.EXPECTED},
    },
    family="factor",
    evidence=_IN,
    blind_spots="A stolen session carries its factor along.",
)
