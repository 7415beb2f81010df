"""Were its passwords refused, and did one fit?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_TRIES = "refused - LEAST(directory, suite)"

QUESTION = Question(
    id="network.failed_logins",
    text="How many of its sign-ins were refused, and did one succeed?",
    why="Refusals in numbers are guesses. A success after them is a password that was found.",
    of="authentication",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={"refused": count("status = 'failure'"), "accepted": count("status = 'success'"), "accounts": distinct("actor_user", "status = 'failure'"),
        "people": distinct("actor_user", "status = 'success'"),
        "directory": count("status = 'failure' AND source = 'entra_id'"), "suite": count("status = 'failure' AND service = 'entra' AND source = 'microsoft_365'"),
    },
    # The directory and the office suite each tell of the same refusal, in a log of its own: of the two, the longer list counts.
    # Colleagues behind one gateway mistype too; most of them get in, and in the end as many as tried.
    grades={"a gateway": "people >= 5 AND people >= accounts AND accepted >= refused", "one fitted": f"{_TRIES} >= 10 AND accepted > 0", "refused": f"{_TRIES} >= 10", "a few": "refused > 0"},
    otherwise="accepted",
    means={"a gateway": "as many people got in as mistyped: it is a gateway that many share", "one fitted": "after many refusals a sign-in succeeded", "refused": "many sign-ins were refused, and none succeeded", "a few": "a few sign-ins were refused", "accepted": "no sign-in was refused"},
    speaks={
        "credential_guessing": {"one fitted": Strength.TELLING, "refused": Strength.TELLING, "accepted": Strength.UNEXPECTED, "a gateway": Strength.UNEXPECTED},
        "administration_by_code": {"one fitted": Strength.UNEXPECTED, "refused": Strength.UNEXPECTED, "accepted": Strength.NEUTRAL}, "internet_noise": {"refused": Strength.EXPECTED, "one fitted": Strength.RULES_OUT},
    },
    alarming={"one fitted": Strength.TELLING},
    details={"refused": ("sign-ins refused", ""), "accounts": ("accounts tried", "")},
)
