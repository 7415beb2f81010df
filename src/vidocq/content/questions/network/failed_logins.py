"""Were its passwords refused, and did one fit?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_TRIES = "refused - LEAST(directory, suite)"
_NEAR = "time >= c.at - INTERVAL '1' HOUR"
_SERVICE = "dst_ip IS NULL AND host IS NULL"
"""A sign-in to a service of the world's, not to a machine."""

QUESTION = Question(
    id="network.failed_logins",
    text="How many of its sign-ins were refused, and did one succeed?",
    why="Refusals in numbers are guesses. A success after them is a password that was found. Behind the house's own gateway they are its programs and people, who know an old password.",
    of="authentication",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=720),
    after=timedelta(minutes=10),
    measures={
        "refused": count(f"status = 'failure' AND {_NEAR}"), "accepted": count(f"status = 'success' AND {_NEAR}"), "accounts": distinct("actor_user", f"status = 'failure' AND {_NEAR}"),
        "people": distinct("actor_user", f"status = 'success' AND {_NEAR}"),
        "directory": count(f"status = 'failure' AND source = 'entra_id' AND {_NEAR}"), "suite": count(f"status = 'failure' AND service = 'entra' AND source = 'microsoft_365' AND {_NEAR}"),
        "regulars": distinct("actor_user", f"status = 'success' AND {_SERVICE} AND time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", f"status = 'success' AND {_SERVICE} AND time < c.at - INTERVAL '12' HOUR"),
        "machines": count(f"status = 'failure' AND NOT ({_SERVICE}) AND {_NEAR}"),
    },
    # The directory and the office suite each tell of the same refusal, in a log of its own: of the two, the longer list counts.
    # Colleagues behind one gateway mistype too; most of them get in, and in the end as many as tried.
    grades={
        "a gateway": "(people >= 5 AND people >= accounts AND accepted >= refused) OR (refused > 0 AND regulars >= 5 AND days >= 3 AND machines = 0)", "one fitted": f"{_TRIES} >= 10 AND accepted > 0", "refused": f"{_TRIES} >= 10", "a few": "refused > 0",
    },
    otherwise="accepted",
    means={"a gateway": "people of the house have long signed in from there, or as many got in as mistyped: it is a gateway that many share", "one fitted": "after many refusals a sign-in succeeded", "refused": "many sign-ins were refused, and none succeeded", "a few": "a few sign-ins were refused", "accepted": "no sign-in was refused"},
    speaks={
        "credential_guessing": {"one fitted": Strength.TELLING, "refused": Strength.TELLING, "accepted": Strength.UNEXPECTED, "a gateway": Strength.UNEXPECTED},
        "administration_by_code": {"one fitted": Strength.UNEXPECTED, "refused": Strength.UNEXPECTED, "accepted": Strength.NEUTRAL}, "broken_client": {"a gateway": Strength.EXPECTED}, "internet_noise": {"refused": Strength.EXPECTED, "one fitted": Strength.RULES_OUT},
    },
    blind_spots="Who guesses from inside the house, through its own gateway.",
    alarming={"one fitted": Strength.TELLING},
    details={"refused": ("sign-ins refused", ""), "accounts": ("accounts tried", "")},
)
