"""Does the server go by a name?"""


from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="network.bare_address",
    text="Does the web server it talks to go by a name?",
    why="Services for people have names. A program that carries its servers' addresses inside, and hands data to them, was built to need nobody's help.",
    of="http_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    measures={"requests": count(), "bare": count("host_is_ip"), "handed_over": count("host_is_ip AND method IN ('POST', 'PUT')")},
    grades={"hands data to a bare address": "handed_over >= 5", "bare": "bare > 0 AND bare * 2 >= requests"},
    otherwise="named",
    means={"hands data to a bare address": "it hands data, again and again, to a server without a name", "bare": "the server goes by its bare address", "named": "the server goes by a name"},
    speaks={
        "c2_channel": {"hands data to a bare address": Strength.TELLING, "bare": Strength.EXPECTED, "named": Strength.NEUTRAL},
        "exploited_service": {"bare": Strength.EXPECTED, "hands data to a bare address": Strength.EXPECTED},
        "malware_delivery": {"hands data to a bare address": Strength.EXPECTED, "bare": Strength.EXPECTED},
        "telemetry_poll": {"hands data to a bare address": Strength.UNEXPECTED, "named": Strength.EXPECTED}, "software_update": {"hands data to a bare address": Strength.UNEXPECTED, "bare": Strength.UNEXPECTED},
        "ordinary_browsing": {"hands data to a bare address": Strength.UNEXPECTED, "bare": Strength.UNEXPECTED},
    },
    alarming={"hands data to a bare address": Strength.TELLING, "bare": Strength.EXPECTED},
    family="the server's name",
    details={"handed_over": ("requests that hand data over", "")},
    blind_spots="Some appliances and local devices are made this way too.",
)
