"""Is the machine that does it one of ours?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

PRIVATE = f"({private_plain('src_ip')} OR lower(src_ip) LIKE 'fe80:%' OR lower(src_ip) LIKE 'fd%:%' OR lower(src_ip) LIKE 'fc%:%')"

GROUP = "(dst_ip LIKE '224.0.0.%' OR dst_ip = '239.255.255.250' OR dst_ip = '255.255.255.255' OR lower(dst_ip) LIKE 'ff02:%')"
"""Groups and broadcasts that no router passes on: who is heard talking to them is in the house."""
NEIGHBOUR = "(src_ip LIKE '%.%.%.%' AND split_part(src_ip, '.', 1) = split_part(dst_ip, '.', 1) AND split_part(src_ip, '.', 2) = split_part(dst_ip, '.', 2) AND split_part(src_ip, '.', 3) = split_part(dst_ip, '.', 3))"

QUESTION = Question(
    id="network.whose_source",
    text="Is the machine that does it one of ours?",
    why="The internet scans everybody all day, and that is weather. A machine of our own that scans is driven by somebody.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=24),
    measures={"flows": count(), "private": count(PRIVATE), "groups": count(GROUP), "neighbours": count(NEIGHBOUR), "reached": distinct("dst_ip", "established")},
    grades={"ours": "private > 0", "lives here": "groups > 0 OR neighbours > 0"},
    otherwise="from outside",
    means={
        "ours": "it has an address of our own network", "lives here": "it talks to neighbours in its own network, or to the groups that only reach there",
        "from outside": "it is only ever seen knocking at our doors",
    },
    speaks={
        "scanning": {"from outside": Strength.UNEXPECTED},
        "internet_noise": {"ours": Strength.RULES_OUT, "lives here": Strength.RULES_OUT, "from outside": Strength.TELLING},
        "vulnerability_scanner": {"from outside": Strength.UNEXPECTED},
    },
    blind_spots="A visitor's machine in our network is ours only by its address.",
)
