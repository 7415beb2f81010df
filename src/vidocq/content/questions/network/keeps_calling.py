"""Does it ever get through, and does it ever give up?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.keeps_calling",
    text="Did the machine ever get through to that address, and how often did it try?",
    why="Honest clients wait longer after each failure, or turn to another server. A bot's loop calls on.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=24),
    measures={
        "in_vain": count("protocol = 'tcp' AND NOT COALESCE(established, FALSE)"), "answered": count("established"),
        "odd_port": count("dst_port >= 1024 AND dst_port NOT IN (1194, 3128, 3306, 3389, 4500, 5060, 5222, 5223, 5228, 8000, 8080, 8443, 8883, 8888)"), "hours": distinct("hour(time)"),
    },
    grades={"calls on at a port of its own": "answered = 0 AND in_vain >= 60 AND odd_port > 0", "calls on": "answered = 0 AND in_vain >= 60", "never": "answered = 0 AND in_vain > 0"},
    otherwise="got through",
    means={
        "calls on at a port of its own": "it calls on and on at a port of no known service, and nobody ever answers", "calls on": "it calls on and on, and nobody ever answers",
        "never": "nobody answered its few calls", "got through": "it got through at least once",
    },
    speaks={
        "c2_channel": {"calls on at a port of its own": Strength.TELLING, "calls on": Strength.EXPECTED},
        "broken_client": {"calls on": Strength.EXPECTED, "never": Strength.EXPECTED, "got through": Strength.UNEXPECTED},
        "telemetry_poll": {"calls on at a port of its own": Strength.UNEXPECTED, "calls on": Strength.UNEXPECTED, "never": Strength.UNEXPECTED},
        "ordinary_browsing": {"calls on at a port of its own": Strength.RULES_OUT, "calls on": Strength.UNEXPECTED},
        "software_update": {"calls on at a port of its own": Strength.UNEXPECTED},
    },
    alarming={"calls on at a port of its own": Strength.TELLING, "calls on": Strength.EXPECTED},
    details={"in_vain": ("calls in vain", "")},
    blind_spots="A monitoring agent whose server was taken away, with a port of its own.",
)
