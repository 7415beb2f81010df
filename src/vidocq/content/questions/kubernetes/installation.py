"""Is it an installation: a set for every machine, with a place, an account and rights of its own?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

PARTS = "('create namespaces', 'create serviceaccounts', 'create clusterroles', 'create clusterrolebindings', 'create daemonsets', 'create configmaps', 'create services')"

QUESTION = Question(
    id="kubernetes.installation",
    text="Does the same hand bring a place, an account and rights along with the workload, as an installation does?",
    why="An agent for every machine is installed with all that belongs to it, by a recipe. Who takes a machine starts one pod with what is already there, and goes for secrets.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=1),
    after=timedelta(minutes=30),
    measures={
        "calls": count("service = 'kubernetes'"), "brought": distinct("operation", f"service = 'kubernetes' AND status = 'success' AND operation IN {PARTS}"), "sets": count("service = 'kubernetes' AND operation = 'create daemonsets' AND status = 'success'"),
        "secrets": count("service = 'kubernetes' AND act = 'secret read'"), "single": count("service = 'kubernetes' AND operation = 'create pods'"), "keys": count("service = 'kubernetes' AND act = 'key made'"),
    },
    grades={"no cluster": "calls = 0", "an installation": "sets > 0 AND brought >= 4 AND secrets = 0 AND single = 0 AND keys = 0"},
    otherwise="no installation",
    means={"no cluster": "it calls no cluster", "an installation": "it brings a place, an account and rights along for a set on every machine, and reads no secret", "no installation": "it is no installation by a recipe"},
    speaks={
        "administration_by_hand": {"an installation": Strength.TELLING}, "administration_by_code": {"an installation": Strength.EXPECTED}, "container_escape": {"an installation": Strength.UNEXPECTED},
        "identity_persistence": {"an installation": Strength.UNEXPECTED}, "lateral_movement": {"an installation": Strength.UNEXPECTED},
    },
    alarming={"an installation": Strength.UNEXPECTED},
    blind_spots="A thief who installs a set on every machine by a recipe, as some miners do: their place and client are judged elsewhere.",
)
