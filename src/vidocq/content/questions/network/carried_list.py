"""Does it call web servers that nobody told it of?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

WEB = "protocol = 'tcp' AND dst_port IN (80, 443, 8000, 8080, 8443)"
DEAD = f"{WEB} AND NOT COALESCE(established, FALSE) AND COALESCE(state, '') NOT IN ('OTH', 'SHR', 'RSTRH') AND COALESCE(bytes_in, 0) <= 80 * GREATEST(COALESCE(packets_in, 2), 1)"

QUESTION = Question(
    id="network.carried_list",
    text="Did it ask for the names of the web servers that it calls, and do they answer?",
    why="People and their programs ask for a name first, and what has a name answers. Who calls dozens of servers without asking, a good part of them dead, carries a list.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    measures={"places": distinct("dst_ip", WEB), "alive": distinct("dst_ip", f"{WEB} AND established"), "dead": distinct("dst_ip", DEAD), "lookups": count("dst_port = 53")},
    grades={
        "few places": "places < 15", "no lookup is seen": "lookups = 0", "a list of its own": "lookups * 4 <= places AND dead >= 8 AND dead * 4 >= places AND alive + dead <= places + 2",
        "unasked": "lookups * 4 <= places",
    },
    otherwise="as it asked",
    means={
        "few places": "it called few web servers", "no lookup is seen": "its lookups are not seen here", "a list of its own": "it called dozens of web servers whose names it had not asked for, and a good part of them is dead",
        "unasked": "it called dozens of web servers whose names it had not asked for, and they answer", "as it asked": "it asked for the names of the web servers it called",
    },
    evidence=WEB,
    speaks={"scanning": {"a list of its own": Strength.TELLING, "as it asked": Strength.UNEXPECTED}, "vulnerability_scanner": {"a list of its own": Strength.UNEXPECTED}, "c2_channel": {"a list of its own": Strength.EXPECTED}},
    alarming={"a list of its own": Strength.TELLING},
    family="many doors",
    details={"places": ("web servers called", ""), "dead": ("of them dead", ""), "lookups": ("lookups", "")},
    blind_spots="Lookups that are encrypted, or that another sensor hears.",
)
