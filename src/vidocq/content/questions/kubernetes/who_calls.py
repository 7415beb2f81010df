"""Is it the cluster's own part, a program in it, or a person?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="kubernetes.who_calls",
    text="Is it the cluster's own part, a program in it, or a person?",
    why="The names of a cluster's own parts are given to nobody else. A program in the cluster does one thing for ever; a person does what is needed today.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=24),
    measures={
        "calls": count("service = 'kubernetes'"),
        "own": count("service = 'kubernetes' AND actor_type IN ('System', 'Node')"),
        "programs": count("service = 'kubernetes' AND actor_type = 'ServiceAccount'"),
        "nameless": count("service = 'kubernetes' AND actor_type = 'Anonymous'"),
    },
    grades={"no cluster": "calls = 0", "nobody": "nameless > 0", "the cluster's own": "own > 0", "a program": "programs > 0"},
    otherwise="a person",
    means={
        "no cluster": "it calls no cluster",
        "nobody": "the caller gives no name",
        "the cluster's own": "it is a part of the cluster itself",
        "a program": "it is the identity of a program in the cluster",
        "a person": "it is a person's identity, or one from outside the cluster",
    },
    speaks={
        "cluster_automation": {"the cluster's own": Strength.TELLING, "a program": Strength.EXPECTED, "a person": Strength.UNEXPECTED, "nobody": Strength.RULES_OUT},
        "container_escape": {"the cluster's own": Strength.UNEXPECTED},
        "administration_by_hand": {"a program": Strength.UNEXPECTED, "the cluster's own": Strength.UNEXPECTED, "nobody": Strength.UNEXPECTED},
        "administration_by_code": {"nobody": Strength.UNEXPECTED},
    },
    blind_spots="A token taken from a container speaks as the program whose it is.",
)
