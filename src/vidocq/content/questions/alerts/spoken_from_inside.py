"""Does the traffic the sensor warns of come from one of our own machines?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, largest

_OURS = f"{private_plain('src_ip')} OR src_ip LIKE 'fd%'"

QUESTION = Question(
    id="alerts.spoken_from_inside",
    text="Does the traffic the sensor warns of come from one of our own machines?",
    why="Anybody on the internet can knock. When a machine of our own speaks like a hostile program, it has already come in.",
    of="detection_finding",
    about=("ip:source", "rule:case"),
    by=("src_ip", "rule"),
    before=timedelta(0),
    after=timedelta(hours=1),
    measures={"severity": largest("severity"), "inside": count(_OURS)},
    grades={"from inside, and grave": "inside > 0 AND severity >= 4", "from inside": "inside > 0"},
    otherwise="from outside",
    means={
        "from inside, and grave": "a machine of our own sends what the sensor finds grave",
        "from inside": "a machine of our own sends it",
        "from outside": "it comes from outside",
    },
    speaks={
        h: {"from inside, and grave": Strength.TELLING, "from outside": Strength.UNEXPECTED}
        for h in ("c2_channel", "malware_delivery", "c2_dns", "exfiltration", "cryptomining")
    } | {
        "lateral_movement": {"from inside, and grave": Strength.EXPECTED},
        "internet_noise": {"from inside": Strength.RULES_OUT, "from inside, and grave": Strength.RULES_OUT, "from outside": Strength.EXPECTED},
    },
    alarming={"from inside, and grave": Strength.EXPECTED},
    blind_spots="A sensor may name the outside end as the source of an answer; public addresses of our own count as outside.",
)
