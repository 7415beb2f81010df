"""Over the last fortnight: does it only send there, day after day, and does it grow?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, total

LATE = "time > c.at - INTERVAL '345600' SECOND"
EARLY = "time <= c.at - INTERVAL '345600' SECOND"

QUESTION = Question(
    id="network.day_after_day",
    text="Over the last fortnight, does data only go there, day after day, and more and more of it?",
    why="Folders that are kept the same and services that are used give and take. A backup sends about as much each day. Who carries off grows bold.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(days=14),
    measures={
        "days": distinct("date_trunc('day', time)"), "sent": total("bytes_out"), "received": total("bytes_in"), "flows": count("established"), "sent_lately": total("bytes_out", LATE), "sent_before": total("bytes_out", EARLY),
        "days_lately": distinct("date_trunc('day', time)", LATE), "days_before": distinct("date_trunc('day', time)", EARLY),
    },
    grades={
        "few days": "days < 5", "both ways": "received * 4 >= sent", "little": "sent < 15000000",
        # As much per day counts, compared without a division.
        "only out, and growing": "sent >= 8 * received AND days_before >= 2 AND days_lately >= 1 AND sent_lately * days_before * 2 >= 3 * sent_before * days_lately", "only out": "sent >= 8 * received",
    },
    otherwise="mostly out",
    means={
        "few days": "it has happened on a few days at most", "both ways": "day after day data goes both ways", "little": "day after day, but little in all", "only out, and growing": "day after day data only goes out, and each day more",
        "only out": "day after day data only goes out, about as much each day", "mostly out": "day after day, mostly out",
    },
    speaks={
        "exfiltration": {"only out, and growing": Strength.TELLING, "only out": Strength.EXPECTED, "both ways": Strength.UNEXPECTED},
        "backup_replication": {"only out, and growing": Strength.UNEXPECTED, "only out": Strength.EXPECTED},
        "telemetry_poll": {"only out, and growing": Strength.UNEXPECTED}, "ordinary_browsing": {"only out, and growing": Strength.UNEXPECTED, "only out": Strength.UNEXPECTED, "both ways": Strength.EXPECTED},
        "peer_to_peer_media": {"only out, and growing": Strength.UNEXPECTED, "only out": Strength.UNEXPECTED},
    },
    alarming={"only out, and growing": Strength.TELLING, "both ways": Strength.UNEXPECTED},
    details={"sent": ("bytes sent over the days", "bytes"), "days": ("days on which it sent", "")},
    blind_spots="A backup of a machine on which more and more is made.",
)
