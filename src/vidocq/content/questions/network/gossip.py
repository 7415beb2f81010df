"""What does it exchange with its many peers?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, largest

PEER = "protocol IN ('tcp', 'udp') AND dst_port >= 1024 AND COALESCE(app, '') NOT IN ('dns', 'http', 'ssl') AND dst_port NOT IN (1900, 5353, 5355, 3128, 8080)"

QUESTION = Question(
    id="network.gossip",
    text="What does the machine exchange with its many peers: media, or only small messages?",
    why="People share films and talk; that shows as large transfers. Bots pass lists and orders around, and nothing else.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=24),
    measures={"flows": count(PEER), "peers": distinct("dst_ip", PEER), "ports": distinct("dst_port", PEER), "most_in": largest("bytes_in", PEER), "most_out": largest("bytes_out", PEER)},
    grades={"media": "peers >= 5 AND (most_in >= 2000000 OR most_out >= 2000000)", "only gossip": "peers >= 25 AND ports >= 20 AND most_in < 500000 AND most_out < 500000"},
    otherwise="neither",
    means={"media": "large transfers run between it and its peers", "only gossip": "with dozens of peers it exchanges small messages and nothing else", "neither": "it has few peers, or transfers of middling size"},
    speaks={
        "c2_channel": {"only gossip": Strength.TELLING}, "peer_to_peer_media": {"media": Strength.EXPECTED, "only gossip": Strength.UNEXPECTED},
    },
    family="many doors",
    alarming={"only gossip": Strength.TELLING},
    details={"peers": ("peers", "")},
    blind_spots="A sharing program that idles only gossips too.",
)
