"""Does it say the same each time?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, largest

ROOM = "established AND bytes_out > 0"

QUESTION = Question(
    id="network.same_words",
    text="Does the machine say the same to that address each time?",
    why="Who asks for orders asks in the same words; only an order that comes makes a difference. What reports has something else to say each time.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=12),
    measures={"flows": count(ROOM), "sizes": distinct("FLOOR(LN(bytes_out) * 8)", ROOM), "most": largest("bytes_out", ROOM)},
    grades={"too few": "flows < 30", "the same words": "sizes * 10 <= flows AND sizes <= 8"},
    otherwise="something else each time",
    means={"too few": "there are too few conversations to compare", "the same words": "nearly every conversation is of one size", "something else each time": "the conversations are of all sizes"},
    speaks={"c2_channel": {"the same words": Strength.EXPECTED}, "telemetry_poll": {"the same words": Strength.EXPECTED}, "ordinary_browsing": {"the same words": Strength.UNEXPECTED}, "peer_to_peer_media": {"the same words": Strength.UNEXPECTED}},
    alarming={"the same words": Strength.EXPECTED},
    blind_spots="Checks for news, whose words are the same too.",
)
