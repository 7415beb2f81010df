"""Did that address come to us before we went to it?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, first

CAME = "protocol = 'tcp' AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)"
"""From a service's port to one that is given out by lot is the rest of a conversation that we began."""

QUESTION = Question(
    id="network.came_in_first",
    text="Did that address get into this machine before the machine called it?",
    why="A server that first attacks and is then called back has found what it looked for.",
    of="network_activity",
    about=("ip:destination", "ip:source"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=72),
    measures={"knocked": count(CAME), "got_in": count(f"{CAME} AND established AND bytes_in > 0"), "since": first("time", f"{CAME} AND established")},
    grades={"it was inside": "got_in > 0", "it knocked": "knocked > 0"},
    otherwise="neither",
    means={"it was inside": "that address had opened a conversation with the machine before", "it knocked": "that address had knocked at the machine in vain", "neither": "what came from there were datagrams, or the rest of conversations that the machine began"},
    speaks={"c2_channel": {"it was inside": Strength.EXPECTED}, "exploited_service": {"it was inside": Strength.EXPECTED, "neither": Strength.UNEXPECTED}, "telemetry_poll": {"it was inside": Strength.UNEXPECTED}, "peer_to_peer_media": {"it was inside": Strength.EXPECTED}},
    alarming={"it was inside": Strength.EXPECTED},
    blind_spots="Peers call each other in both directions.",
)
