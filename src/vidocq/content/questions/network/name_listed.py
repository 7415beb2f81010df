"""What kind of name is it?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="network.name_listed",
    text="What kind of name is it?",
    why="Names that half the world visits are rarely a thief's own; names that anybody gets for nothing often are.",
    of="name",
    about=("domain:destination",),
    by=("name",),
    before=None,
    measures={
        "evil": count("listed IS NOT NULL AND listed <> 'none'"), "coins": count("pool"), "chain": count("rpc"), "rented": count("dynamic"), "harmless": count("popular OR (known_benign IS NOT NULL AND known_benign <> 'none')"),
        "known": count("popular IS NOT NULL OR known_benign IS NOT NULL OR listed IS NOT NULL"),
    },
    grades={"listed as hostile": "evil > 0", "a mining pool": "coins > 0", "a blockchain endpoint": "chain > 0", "a name for changing addresses": "rented > 0", "popular": "harmless > 0", "nobody says": "known = 0"},
    otherwise="on no list",
    means={
        "listed as hostile": "it stands on a list of hostile names", "a mining pool": "it is a mining pool", "a blockchain endpoint": "it is an endpoint of a blockchain", "a name for changing addresses": "it is a free name for an address that changes",
        "popular": "half the world visits it", "nobody says": "no list covers it", "on no list": "it stands on no list",
    },
    speaks={
        "c2_channel": {"listed as hostile": Strength.TELLING, "a name for changing addresses": Strength.TELLING, "popular": Strength.UNEXPECTED},
        "cryptomining": {"a mining pool": Strength.TELLING}, "c2_blockchain": {"a blockchain endpoint": Strength.EXPECTED},
        "telemetry_poll": {"popular": Strength.TELLING, "a name for changing addresses": Strength.UNEXPECTED, "listed as hostile": Strength.UNEXPECTED},
        "software_update": {"popular": Strength.EXPECTED, "a name for changing addresses": Strength.UNEXPECTED},
    },
    alarming={"listed as hostile": Strength.TELLING, "a mining pool": Strength.TELLING, "a name for changing addresses": Strength.TELLING},
    family="reputation",
    blind_spots="A popular service may carry a thief's page.",
)
