"""What passes between the two: messages, or data?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, total

SMALL = "established AND duration >= 20 AND bytes_out > 0 AND bytes_in > 0 AND bytes_out + bytes_in <= 200 * duration"

QUESTION = Question(
    id="network.message_sizes",
    text="What passes between the two: a trickle of messages, or data?",
    why="A connection that is held open for its own sake carries a few hundred bytes now and then, in both directions. Whoever fetches or sends something is done when it is there.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip|dst_ip", "src_ip|dst_ip"),
    before=timedelta(hours=24),
    measures={
        "flows": count("established"), "held": count(SMALL), "seconds": total("duration", SMALL), "bytes": total("bytes_out + bytes_in"),
    },
    grades={"a trickle": "seconds >= 600 AND held * 2 >= flows AND bytes < 200 * seconds", "data": "bytes >= 1000000"},
    otherwise="neither",
    means={
        "a trickle": "a trickle of small messages in both directions, for minutes on end", "data": "a megabyte and more passes between them", "neither": "what passes is neither a trickle nor much",
    },
    speaks={
        "cryptomining": {"a trickle": Strength.EXPECTED, "data": Strength.UNEXPECTED}, "c2_channel": {"a trickle": Strength.EXPECTED}, "software_update": {"a trickle": Strength.UNEXPECTED},
        "ordinary_browsing": {"a trickle": Strength.UNEXPECTED}, "backup_replication": {"a trickle": Strength.UNEXPECTED}, "exfiltration": {"a trickle": Strength.UNEXPECTED},
    },
    details={"seconds": ("seconds of trickle", "s")},
    blind_spots="Messengers and things of the house hold connections open too, mostly on ports that are known.",
)
