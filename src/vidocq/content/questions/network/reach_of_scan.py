"""How far do the attempts of this machine reach?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

FAILED = "(protocol = 'tcp' AND NOT COALESCE(established, FALSE))"

INSIDE = private_plain("dst_ip")

QUESTION = Question(
    id="network.reach_of_scan",
    text="How many doors did the machine try in vain within the hour?",
    why="A client that lost its server tries the same door again. Who does not know what is there tries many.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    after=timedelta(minutes=5),
    measures={
        "in_vain": count(FAILED), "ports": distinct("dst_port", FAILED), "machines": distinct("dst_ip", FAILED),
        "asked_inside": distinct("dst_ip", f"protocol = 'icmp' AND {INSIDE}"),
        "pinged": distinct("dst_ip", "protocol = 'icmp' AND NOT COALESCE(established, FALSE) AND dst_ip NOT LIKE '22_.%' AND dst_ip NOT LIKE '23_.%' AND lower(dst_ip) NOT LIKE 'ff%'"), "achieved": count("protocol = 'tcp' AND established AND bytes_in > 0"),
    },
    grades={
        "many doors": "ports >= 50 OR machines >= 50 OR (ports >= 15 AND in_vain >= 3 * achieved) OR (machines >= 15 AND in_vain >= 3 * achieved)",
        "many addresses": "pinged >= 15 OR (asked_inside >= 12 AND pinged >= 3)", "some": "ports >= 5 OR machines >= 5",
    },
    otherwise="few",
    means={
        "many doors": "it tried many ports or machines, most of them in vain", "many addresses": "it asked many addresses whether they are there, some of which are not",
        "some": "it failed at a handful of doors", "few": "it hardly failed at all",
    },
    speaks={
        "scanning": {"many doors": Strength.TELLING, "many addresses": Strength.TELLING},
        "vulnerability_scanner": {"many doors": Strength.EXPECTED},
        "telemetry_poll": {"many doors": Strength.UNEXPECTED, "many addresses": Strength.UNEXPECTED}, "broken_client": {"many doors": Strength.UNEXPECTED},
    },
    family="many doors",
    alarming={"many doors": Strength.TELLING, "many addresses": Strength.TELLING},
    details={"ports": ("ports tried in vain", ""), "machines": ("machines tried in vain", "")},
)
