"""Did that address come to us before we went to it?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, first

CAME = "src_ip = c.e1 AND protocol = 'tcp' AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)"
"""From a service's port to one that is given out by lot is the rest of a conversation that we began."""
WENT = "src_ip = c.e2 AND protocol = 'tcp' AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)"

QUESTION = Question(
    id="network.came_in_first",
    text="Did that address get into this machine before the machine called it?",
    why="A server that first attacks and is then called back has found what it looked for.",
    of="network_activity",
    about=("ip:destination", "ip:source"),
    by=("src_ip|dst_ip", "src_ip|dst_ip"),
    before=timedelta(hours=72),
    measures={
        "knocked": count(CAME), "got_in": count(f"{CAME} AND established AND bytes_in > 0"), "came": first("time", f"{CAME} AND established AND bytes_in > 0"), "went": first("time", WENT),
    },
    grades={"both ways": "got_in > 0 AND went <= came", "it was inside": "got_in > 0", "it knocked": "knocked > 0"},
    otherwise="it never came",
    means={
        "both ways": "the machine called that address before it came in", "it was inside": "that address had opened a conversation with the machine before", "it knocked": "that address had knocked at the machine in vain",
        "it never came": "that address never came by itself",
    },
    speaks={
        "c2_channel": {"it was inside": Strength.EXPECTED}, "exploited_service": {"it was inside": Strength.EXPECTED, "both ways": Strength.UNEXPECTED, "it never came": Strength.UNEXPECTED}, "telemetry_poll": {"it was inside": Strength.UNEXPECTED},
        "peer_to_peer_media": {"it was inside": Strength.EXPECTED, "both ways": Strength.EXPECTED},
    },
    alarming={"it was inside": Strength.EXPECTED},
    blind_spots="Peers call each other in both directions. Who came before the log begins.",
)
