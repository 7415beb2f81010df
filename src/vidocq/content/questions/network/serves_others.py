"""Does the machine work for others?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.serves_others",
    text="Does the machine work for others, as a proxy, resolver or mail server?",
    why="Who looks up and fetches for many looks restless. What it does is what its clients do.",
    of="network_activity",
    about=("ip:source",),
    by=("dst_ip",),
    before=timedelta(hours=24),
    measures={
        "served": count("established AND dst_port IN (25, 53, 587, 1080, 3128, 8080, 8888)"),
        "clients": distinct("src_ip", "established AND dst_port IN (25, 53, 587, 1080, 3128, 8080, 8888)"),
        "visitors": distinct("src_ip", "established AND protocol = 'tcp' AND dst_port < 32768 AND bytes_in > 0"),
    },
    grades={"works for others": "served >= 20", "is a server": "visitors >= 12"},
    otherwise="for itself",
    means={"works for others": "others use it as their proxy, resolver or mail server", "is a server": "a dozen others and more visit it: it has partners and tasks of its own", "for itself": "nobody uses it as a proxy, resolver or mail server"},
    speaks={
        "ordinary_browsing": {"works for others": Strength.EXPECTED}, "generated_domains": {"works for others": Strength.UNEXPECTED},
        "c2_channel": {"works for others": Strength.UNEXPECTED}, "telemetry_poll": {"works for others": Strength.TELLING, "is a server": Strength.EXPECTED}, "scanning": {"works for others": Strength.UNEXPECTED}, "vulnerability_scanner": {"works for others": Strength.EXPECTED},
    },
    alarming={"works for others": Strength.UNEXPECTED},
    blind_spots="A bot behind a proxy shows itself on the proxy's other side only.",
)
