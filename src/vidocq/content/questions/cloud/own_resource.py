"""Did the identity make the resource itself?"""

from datetime import timedelta

from vidocq.behaviour.making import MAKES
from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="cloud.own_resource",
    text="Did the identity make the resource itself?",
    why="Who takes down or changes what they built an hour ago tidies up after themselves.",
    of="api_activity",
    about=("user:actor", "resource:target"),
    by=("actor_user", "resource"),
    before=timedelta(hours=720),
    measures={
        "made": count(f"{MAKES} AND status = 'success' AND time < c.at"),
        "touched": count(),
    },
    grades={"made it": "made > 0"},
    otherwise="did not",
    means={
        "made it": "the identity made the resource itself",
        "did not": "somebody else made the resource, or before the log begins",
    },
    speaks={
        "administration_by_code": {"made it": Strength.EXPECTED},
        "administration_by_hand": {"made it": Strength.EXPECTED},
    },
    blind_spots="Resources are named one way when made and another when changed.",
)
