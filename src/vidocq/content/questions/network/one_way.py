"""In which direction does the data go?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, total

QUESTION = Question(
    id="network.one_way",
    text="In which direction does the data go, and where to?",
    why="A server that only takes is a drop; a file service or a call gives as well, and speaks a protocol that is known.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=24),
    measures={
        "flows": count("established"), "sent": total("bytes_out"), "received": total("bytes_in"), "named": count("app IN ('ssl', 'http', 'ssh', 'quic', 'ssl,quic', 'ftp', 'ftp-data')"),
    },
    grades={"a drop without a protocol": "sent >= 5000000 AND sent >= 20 * received AND named * 4 <= flows", "mostly out": "sent >= 5000000 AND sent >= 4 * received"},
    otherwise="mostly in, or little",
    means={
        "a drop without a protocol": "it takes megabytes, gives nothing back, and speaks no known protocol", "mostly out": "far more goes out than comes back", "mostly in, or little": "what is sent is no more than usual",
    },
    speaks={
        "exfiltration": {"a drop without a protocol": Strength.TELLING, "mostly in, or little": Strength.UNEXPECTED}, "c2_channel": {"a drop without a protocol": Strength.TELLING},
        "backup_replication": {"a drop without a protocol": Strength.UNEXPECTED, "mostly out": Strength.EXPECTED}, "peer_to_peer_media": {"a drop without a protocol": Strength.UNEXPECTED},
        "ordinary_browsing": {"a drop without a protocol": Strength.RULES_OUT},
    },
    alarming={"a drop without a protocol": Strength.TELLING},
    details={"sent": ("bytes sent", "bytes"), "received": ("bytes received", "bytes")},
    blind_spots="Formats that do not name the protocol leave only the sizes.",
)
