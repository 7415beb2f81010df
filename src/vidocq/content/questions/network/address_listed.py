"""What is said about the address it talks to?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="network.address_listed",
    text="What is said about the address it talks to?",
    why="Others may have met it before. A list moderates what was seen here; it never replaces it.",
    of="address",
    about=("ip:destination",),
    by=("ip",),
    before=None,
    measures={
        "evil": count("listed IS NOT NULL AND listed <> 'none'"), "exit": count("tor"), "harmless": count("known_benign IS NOT NULL AND known_benign <> 'none'"), "rented": count("abuse_hosting"), "resolves": count("resolver"),
        "known": count("listed IS NOT NULL OR known_benign IS NOT NULL OR abuse_hosting IS NOT NULL OR tor IS NOT NULL"),
    },
    grades={"listed as hostile": "evil > 0", "Tor": "exit > 0", "known as harmless": "harmless > 0 OR resolves > 0", "of a host that tolerates abuse": "rented > 0", "nobody says": "known = 0"},
    otherwise="on no list",
    means={
        "listed as hostile": "it stands on a list of hostile addresses", "Tor": "it is a relay of Tor", "known as harmless": "it is known as a harmless service", "of a host that tolerates abuse": "it belongs to a hosting company known for tolerating abuse",
        "nobody says": "no list covers it", "on no list": "it stands on no list",
    },
    speaks={
        "c2_channel": {"listed as hostile": Strength.TELLING, "Tor": Strength.EXPECTED, "known as harmless": Strength.UNEXPECTED, "of a host that tolerates abuse": Strength.EXPECTED},
        "exfiltration": {"listed as hostile": Strength.TELLING, "of a host that tolerates abuse": Strength.EXPECTED}, "malware_delivery": {"listed as hostile": Strength.TELLING, "of a host that tolerates abuse": Strength.EXPECTED},
        "telemetry_poll": {"known as harmless": Strength.EXPECTED, "listed as hostile": Strength.UNEXPECTED}, "software_update": {"known as harmless": Strength.EXPECTED, "listed as hostile": Strength.UNEXPECTED},
    },
    alarming={"listed as hostile": Strength.TELLING, "of a host that tolerates abuse": Strength.EXPECTED},
    family="reputation",
    blind_spots="Lists are late, and addresses change hands.",
)
