"""How long does this machine know that address?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

QUESTION = Question(
    id="network.first_meeting",
    text="How long has the machine known that address?",
    why="A program's own service is there from the day it was installed. What appears in the middle of things was brought.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(days=14),
    measures={"flows": count(), "since": first(), "days": distinct("date_trunc('day', time)"), "before": count("time < c.at - INTERVAL '93600' SECOND")},
    grades={"too early to say": "history_hours < 48", "new": "before = 0", "for days": "days >= 4"},
    otherwise="since the other day",
    means={"too early to say": "the network has not been listened to for two days yet", "new": "it met it within the last day", "for days": "it has known it for days", "since the other day": "it has known it for a day or two"},
    speaks={"c2_channel": {"new": Strength.EXPECTED}, "exfiltration": {"new": Strength.EXPECTED}, "telemetry_poll": {"new": Strength.UNEXPECTED, "for days": Strength.EXPECTED}, "software_update": {"for days": Strength.EXPECTED}},
    alarming={"new": Strength.EXPECTED, "for days": Strength.UNEXPECTED},
    blind_spots="Services move from address to address.",
)
