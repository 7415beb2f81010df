"""What else was noticed on this machine around that time?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "credential_theft", "defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation",
)

QUESTION = Question(
    id="host.company",
    text="How many different odd things happen on this machine within the hour?",
    why="One odd act may be an administrator's. An intrusion is a row of them: get in, look round, hide, stay, take. Different ones within an hour, each in an event of its own and no other side of the same act, are steps of one story.",
    of="own_finding",
    about=("host:host",),
    by=("host",),
    before=timedelta(hours=1),
    after=timedelta(minutes=30),
    measures={"kinds": distinct("COALESCE(facet, rule)"), "found": count()},
    grades={"many": "kinds >= 4", "three": "kinds = 3", "two": "kinds = 2"},
    otherwise="one",
    means={
        "many": "four or more different odd things happen on the machine within the hour", "three": "three different odd things happen on the machine within the hour",
        "two": "two different odd things happen on the machine within the hour", "one": "nothing else that is odd happens on the machine",
    },
    speaks={
        **{h: {"many": Strength.TELLING, "three": Strength.TELLING, "two": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_code": {"many": Strength.UNEXPECTED, "three": Strength.UNEXPECTED}, "software_update": {"many": Strength.UNEXPECTED, "three": Strength.UNEXPECTED},
    },
    alarming={"many": Strength.TELLING, "three": Strength.TELLING, "two": Strength.EXPECTED},
    family="chain",
    details={"kinds": ("different odd things on the machine within the hour", "")},
    blind_spots="A patient intruder takes days between steps; a technician's tool box does many odd things at once.",
)
