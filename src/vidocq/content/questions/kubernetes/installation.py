"""Is it an installation: a set for every machine, with a place, an account and rights of its own?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

PARTS = "('create namespaces', 'create serviceaccounts', 'create clusterroles', 'create clusterrolebindings', 'create daemonsets', 'create configmaps', 'create services')"

_NOW = "time >= c.at - INTERVAL '1' HOUR"

QUESTION = Question(
    id="kubernetes.installation",
    text="Does the same hand bring a place, an account and rights along with the workload, as an installation does?",
    why="An agent for every machine is installed with all that belongs to it, by a recipe. Whoever does it has worked in the cluster on other days. Who takes a machine starts one pod with what is already there, and goes for secrets.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(days=30),
    after=timedelta(minutes=30),
    measures={
        "calls": count(f"service = 'kubernetes' AND {_NOW}"), "brought": distinct("operation", f"service = 'kubernetes' AND status = 'success' AND operation IN {PARTS} AND {_NOW}"), "sets": count(f"service = 'kubernetes' AND operation = 'create daemonsets' AND status = 'success' AND {_NOW}"),
        "secrets": count(f"service = 'kubernetes' AND act = 'secret read' AND {_NOW}"), "single": count(f"service = 'kubernetes' AND operation = 'create pods' AND {_NOW}"), "days": distinct("CAST(time AS DATE)", "service = 'kubernetes' AND status = 'success' AND time < c.at - INTERVAL '12' HOUR"), "keys": count(f"service = 'kubernetes' AND act = 'key made' AND {_NOW}"),
    },
    grades={"no cluster": "calls = 0", "an installation": "sets > 0 AND days > 0 AND brought >= 4 AND secrets = 0 AND single = 0 AND keys = 0"},
    otherwise="no installation",
    means={"no cluster": "it calls no cluster", "an installation": "it brings a place, an account and rights along for a set on every machine, and reads no secret", "no installation": "it is no installation by a recipe"},
    speaks={
        "administration_by_hand": {"an installation": Strength.TELLING}, "administration_by_code": {"an installation": Strength.EXPECTED}, "container_escape": {"an installation": Strength.UNEXPECTED},
        "identity_persistence": {"an installation": Strength.UNEXPECTED}, "lateral_movement": {"an installation": Strength.UNEXPECTED},
    },
    alarming={"an installation": Strength.UNEXPECTED},
    blind_spots="A thief who installs a set on every machine by a recipe, as some miners do: their place and client are judged elsewhere.",
)
