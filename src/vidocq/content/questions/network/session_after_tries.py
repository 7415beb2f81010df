"""Did a session that lasted follow the short ones?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, first, largest, last

LOGIN = "protocol = 'tcp' AND established AND (dst_port IN (21, 22, 23, 2222, 3389, 5900) OR app IN ('ssh', 'rdp', 'ftp', 'telnet'))"
SHORT, LONG = f"{LOGIN} AND duration < 60", f"{LOGIN} AND duration >= 60"

QUESTION = Question(
    id="network.session_after_tries",
    text="Did a session that lasted follow the short ones?",
    why="A guesser's sessions end at the refusal. The one that goes on was let in.",
    of="network_activity",
    about=("ip:source", "ip:target"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={
        "tries": count(SHORT), "first_try": first("time", SHORT), "lasting": count(LONG), "last_lasting": last("time", LONG), "most_tried": largest("bytes_out + bytes_in", SHORT), "most_lasting": largest("bytes_out + bytes_in", LONG),
    },
    grades={
        "no guessing": "tries < 10", "let in after many tries": "lasting > 0 AND last_lasting > first_try AND most_lasting >= 3 * most_tried",
    },
    otherwise="only short ones",
    means={"no guessing": "there were few short sessions", "let in after many tries": "after many short sessions one lasted, and carried far more", "only short ones": "none of the many sessions lasted"},
    speaks={
        "credential_guessing": {"let in after many tries": Strength.EXPECTED, "no guessing": Strength.UNEXPECTED},
        "internet_noise": {"let in after many tries": Strength.RULES_OUT}, "broken_client": {"let in after many tries": Strength.UNEXPECTED},
    },
    alarming={"let in after many tries": Strength.EXPECTED},
    evidence=LONG,
    blind_spots="Tools that work in short sessions once they are in.",
)
