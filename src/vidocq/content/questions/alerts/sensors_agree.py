"""Do sensors of different kinds speak of this machine at the same time?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_HOSTILE = ("host_compromise", "exploited_service", "privilege_escalation", "credential_theft", "lateral_movement")

QUESTION = Question(
    id="alerts.sensors_agree",
    text="Do several products speak of this machine at the same time?",
    why="Sensors err in different ways. What the network, the machine's own log and a model of its habits all see within the hour has happened.",
    of="detection_finding",
    about=("host:host",),
    by=("host",),
    before=timedelta(minutes=60),
    after=timedelta(minutes=30),
    measures={"now": count("time = c.at"), "products": distinct("COALESCE(product, source)"), "kinds": distinct("COALESCE(title, rule)")},
    grades={"three or more": "products >= 3 AND kinds >= 6", "two": "products = 2"},
    otherwise="one",
    means={
        "three or more": "three or more products speak of the machine within an hour and a half, in six or more ways",
        "two": "two products speak of the machine",
        "one": "one product alone speaks of it",
    },
    speaks={h: {"three or more": Strength.EXPECTED} for h in _HOSTILE},
    alarming={"three or more": Strength.EXPECTED},
    blind_spots="Products that pass on each other's alerts agree without seeing anything themselves.",
)
