"""How does the server prove who it is?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="network.certificate",
    text="How does the TLS server prove who it is?",
    why="A service for people shows a certificate that somebody vouches for, under the name that was asked for. A server of the attacker's own often vouches for itself, and is called without a name.",
    of="tls_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    measures={"sessions": count(), "nameless": count("server_name IS NULL OR server_name = ''"), "own_word": count("self_signed"), "established_ones": count("established")},
    grades={"its own word": "own_word > 0 AND nameless * 2 >= sessions", "self-signed": "own_word > 0", "no name": "nameless * 10 >= sessions * 9 AND sessions >= 10"},
    otherwise="named and vouched for",
    means={
        "its own word": "it is called without a name and vouches for itself", "self-signed": "its certificate vouches for itself", "no name": "it is called without a name",
        "named and vouched for": "it is called by a name, and nothing is wrong with its certificate",
    },
    speaks={
        "c2_channel": {"its own word": Strength.TELLING, "self-signed": Strength.EXPECTED, "no name": Strength.EXPECTED},
        "telemetry_poll": {"its own word": Strength.UNEXPECTED, "named and vouched for": Strength.EXPECTED},
        "software_update": {"its own word": Strength.UNEXPECTED, "self-signed": Strength.UNEXPECTED, "named and vouched for": Strength.EXPECTED},
        "ordinary_browsing": {"its own word": Strength.UNEXPECTED},
    },
    alarming={"its own word": Strength.TELLING},
    family="the server's proof",
    blind_spots="Free certificates cost an attacker nothing; TLS 1.3 hides them.",
)
