"""Since when has the machine had that TLS client?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

QUESTION = Question(
    id="network.client_since",
    text="Since when does the machine use that TLS client, and does it pause?",
    why="A program of the house is there from the day it was installed. What appears in the middle of things and calls hour after hour was brought.",
    of="tls_activity",
    about=("ip:source", "hash:client"),
    by=("src_ip", "ja3"),
    before=timedelta(days=14),
    measures={"calls": count(), "since": first(), "days": distinct("date_trunc('day', time)"), "older": count("time < c.at - INTERVAL '93600' SECOND"), "hours": distinct("hour(time)")},
    grades={"too early to say": "history_hours < 48", "new, hour after hour": "older = 0 AND calls >= 60 AND hours >= 3", "new": "older = 0", "for days": "days >= 4"},
    otherwise="since the other day",
    means={
        "too early to say": "the network has not been listened to for two days yet", "new, hour after hour": "it has used it for a day at most, and calls hour after hour", "new": "it has used it for a day at most",
        "for days": "it has used it for days", "since the other day": "it has used it for a day or two",
    },
    speaks={
        "c2_channel": {"new, hour after hour": Strength.EXPECTED, "new": Strength.EXPECTED},
        "telemetry_poll": {"new, hour after hour": Strength.UNEXPECTED, "new": Strength.UNEXPECTED, "for days": Strength.EXPECTED},
        "ordinary_browsing": {"new, hour after hour": Strength.UNEXPECTED}, "software_update": {"new, hour after hour": Strength.UNEXPECTED, "for days": Strength.EXPECTED},
    },
    alarming={"new, hour after hour": Strength.EXPECTED, "for days": Strength.UNEXPECTED},
    blind_spots="A program that is updated has another handshake, and seems new.",
)
