"""Who else here talks to that address?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct, largest

PRIVATE = private_plain("w.src_ip")
FLEET = f"(SELECT COUNT(DISTINCT w.src_ip) FROM network_activity AS w WHERE w.established AND w.dst_port IN (80, 443) AND {PRIVATE})"
"""Machines of ours that use the web: those that could talk to it too."""

QUESTION = Question(
    id="network.fleet_address",
    text="How many other machines here talk to that address?",
    why="What many machines poll is a vendor's or the company's own service. What one of many polls is that machine's own affair.",
    of="network_activity",
    about=("ip:destination",),
    by=("dst_ip",),
    before=timedelta(hours=24),
    measures={"machines": distinct("src_ip"), "flows": count(), "fleet": largest(FLEET)},
    grades={"no fleet": "fleet IS NULL OR fleet < 4", "shared": "machines >= 4 AND machines * 4 >= fleet", "several": "machines >= 2"},
    otherwise="only this one",
    means={
        "no fleet": "there are too few machines here to compare with", "shared": "many machines here talk to it", "several": "others here talk to it too", "only this one": "no other machine here talks to it",
    },
    speaks={
        "c2_channel": {"shared": Strength.UNEXPECTED, "only this one": Strength.EXPECTED},
        "exfiltration": {"shared": Strength.UNEXPECTED, "only this one": Strength.EXPECTED},
        "telemetry_poll": {"shared": Strength.TELLING, "several": Strength.EXPECTED, "only this one": Strength.UNEXPECTED},
        "software_update": {"shared": Strength.EXPECTED, "only this one": Strength.UNEXPECTED},
        "backup_replication": {"shared": Strength.EXPECTED},
    },
    alarming={"only this one": Strength.EXPECTED, "shared": Strength.UNEXPECTED},
    family="fleet",
    blind_spots="A worm makes a rare thing common; two machines of one owner share odd programs.",
)
