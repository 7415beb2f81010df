"""Did the person look at logs and events around it, as whoever looks for a fault does?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="kubernetes.finds_fault",
    text="Did the person read the container's log and events around it, and nothing that is secret?",
    why="Who looks for a fault reads what the program says before they open its container. Who came with somebody's token goes for secrets and rights.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(minutes=30),
    after=timedelta(minutes=10),
    measures={
        "calls": count("service = 'kubernetes'"), "logs": count("service = 'kubernetes' AND operation = 'get pods/log' AND status = 'success'"), "events_read": count("service = 'kubernetes' AND operation IN ('list events', 'get events')"),
        "weighty": count("service = 'kubernetes' AND act IS NOT NULL AND act <> 'pod exec'"),
        "refused": count("service = 'kubernetes' AND status = 'failure'"), "people": count("service = 'kubernetes' AND actor_type = 'User'"),
    },
    grades={"no cluster": "calls = 0", "no person": "people = 0", "looks for a fault": "logs > 0 AND weighty = 0 AND refused < 3"},
    otherwise="something else",
    means={
        "no cluster": "it calls no cluster", "no person": "it is no person's identity", "looks for a fault": "the person reads logs and events around it, and nothing secret", "something else": "no log was read around it, or weightier things were done",
    },
    speaks={"administration_by_hand": {"looks for a fault": Strength.TELLING, "no person": Strength.UNEXPECTED}, "lateral_movement": {"looks for a fault": Strength.UNEXPECTED}},
    alarming={"looks for a fault": Strength.UNEXPECTED},
    blind_spots="A thief who reads logs for what passwords stand in them.",
)
