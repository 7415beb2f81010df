"""Was it let in by that machine before it began to be refused?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

EARLIER = "time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="network.accepted_before",
    text="Was it let in by that machine on earlier days?",
    why="Who guesses comes from nowhere. A job that was let in day after day, and then is refused each half minute under the one name it has, carries a password or a key that was changed.",
    of="authentication",
    about=("ip:source", "ip:target"),
    by=("src_ip", "dst_ip"),
    before=timedelta(days=14),
    after=timedelta(minutes=10),
    measures={
        "let_in": count(f"status = 'success' AND {EARLIER}"), "let_in_days": distinct("CAST(time AS DATE)", f"status = 'success' AND {EARLIER}"), "refused_before": count(f"status = 'failure' AND {EARLIER}"),
        "names": distinct("actor_user", "status = 'failure'"), "lately": count("time >= c.at - INTERVAL '3600' SECOND"),
    },
    grades={
        "no sign-ins lately": "lately = 0", "too early to say": "history_hours < 24 AND let_in = 0", "several names": "names >= 3",
        "let in before": "let_in >= 5 AND let_in > refused_before", "seldom": "let_in > 0",
    },
    otherwise="never before",
    means={
        "no sign-ins lately": "it did not sign in lately", "too early to say": "sign-ins have not been recorded for a day yet", "several names": "it tries several names",
        "let in before": "that machine let it in again and again before it began to be refused", "seldom": "it was let in once or twice before", "never before": "that machine never let it in before",
    },
    speaks={
        "broken_client": {"let in before": Strength.TELLING, "several names": Strength.UNEXPECTED, "never before": Strength.UNEXPECTED},
        "administration_by_code": {"let in before": Strength.TELLING},
        "credential_guessing": {"let in before": Strength.UNEXPECTED, "never before": Strength.EXPECTED},
    },
    alarming={"let in before": Strength.UNEXPECTED},
    details={"let_in": ("sign-ins accepted on earlier days", "")},
    blind_spots="Logs that name no account: somebody who sits at a machine that signs in every day may guess another's password from there.",
)
