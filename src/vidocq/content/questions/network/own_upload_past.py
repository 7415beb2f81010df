"""Is it much for this machine?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, Tier, total

OUT = f"established AND NOT {private_plain('dst_ip')} AND lower(dst_ip) NOT LIKE 'f%:%'"
NOW = f"{OUT} AND time > c.at - INTERVAL '3600' SECOND"
EARLIER = f"{OUT} AND time <= c.at - INTERVAL '3600' SECOND"

QUESTION = Question(
    id="network.own_upload_past",
    text="Does the machine usually send as much to the outside?",
    why="A backup sends as much every night. Who sends more in one hour than in all the days before does something new.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(days=14),
    tier=Tier.SCAN,
    measures={"now": total("bytes_out", NOW), "earlier": total("bytes_out", EARLIER)},
    grades={"too early to say": "history_hours < 24", "more than in all the days before": "now >= 100000000 AND now >= 2 * earlier", "its usual work": "earlier >= 3 * now"},
    otherwise="much, but not for the first time",
    means={
        "too early to say": "the network has not been listened to for a day yet", "more than in all the days before": "it sends more within this hour than in all the days before together, twice over", "its usual work": "it sends as much on other days",
        "much, but not for the first time": "it is much, but the machine has sent much before",
    },
    speaks={
        "exfiltration": {"more than in all the days before": Strength.EXPECTED, "its usual work": Strength.UNEXPECTED}, "backup_replication": {"more than in all the days before": Strength.UNEXPECTED, "its usual work": Strength.EXPECTED},
    },
    alarming={"more than in all the days before": Strength.EXPECTED},
    details={"now": ("bytes sent within the hour", "bytes"), "earlier": ("bytes sent in the days before", "bytes")},
    blind_spots="A new machine's first backup.",
)
