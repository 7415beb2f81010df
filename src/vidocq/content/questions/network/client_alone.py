"""Who else uses that TLS client, and for what?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.client_alone",
    text="How many machines use that TLS client, and for how many names?",
    why="Browsers and agents of the house are on many machines, and speak with many names. A program that one machine has, for one name, is that machine's own affair.",
    of="tls_activity",
    about=("hash:client",),
    by=("ja3",),
    before=timedelta(days=14),
    measures={"machines": distinct("src_ip"), "names": distinct("server_name"), "calls": count()},
    grades={"everybody's": "machines >= 4", "of several": "machines >= 2 OR names >= 6"},
    otherwise="this machine's alone",
    means={"everybody's": "many machines here use that client", "of several": "others use that client too, or it speaks with several names", "this machine's alone": "no other machine here uses that client, and it knows hardly another name"},
    speaks={
        "c2_channel": {"this machine's alone": Strength.EXPECTED, "everybody's": Strength.UNEXPECTED},
        "telemetry_poll": {"this machine's alone": Strength.UNEXPECTED, "everybody's": Strength.EXPECTED},
        "ordinary_browsing": {"this machine's alone": Strength.UNEXPECTED, "everybody's": Strength.EXPECTED},
        "software_update": {"this machine's alone": Strength.UNEXPECTED},
    },
    alarming={"this machine's alone": Strength.EXPECTED, "everybody's": Strength.UNEXPECTED},
    family="fleet",
    blind_spots="An odd program that one person has installed.",
)
