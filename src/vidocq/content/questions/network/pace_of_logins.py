"""How fast do the sessions follow one another?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.pace_of_logins",
    text="How many sessions does it open with the machine within ten minutes?",
    why="Nobody types so fast, and a program that knows its password needs it once.",
    of="network_activity",
    about=("ip:source", "ip:target"),
    by=("src_ip", "dst_ip"),
    before=timedelta(minutes=10),
    measures={"sessions": count("established AND COALESCE(duration, 0) < 60"), "long_ones": count("established AND duration >= 60"), "ports": distinct("dst_port", "established")},
    grades={"a storm": "sessions >= 30 AND ports <= 3 AND long_ones * 10 <= sessions", "many": "sessions >= 12"},
    otherwise="few",
    means={"a storm": "thirty and more short sessions within ten minutes", "many": "a dozen short sessions within ten minutes", "few": "few sessions"},
    speaks={
        "credential_guessing": {"a storm": Strength.TELLING, "few": Strength.UNEXPECTED}, "administration_by_code": {"a storm": Strength.UNEXPECTED, "many": Strength.EXPECTED}, "broken_client": {"a storm": Strength.UNEXPECTED},
    },
    alarming={"a storm": Strength.TELLING},
    details={"sessions": ("sessions within ten minutes", "")},
    blind_spots="Tools that copy many files open a session for each.",
)
