"""Somebody without a name reads secrets or changes the cluster."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.anonymous_control",
    title="Without a name, from {src_ip}: {operation} {resource}",
    why="No program of anybody's changes a cluster without saying who it is: the cluster belongs to whoever finds it.",
    of=("api_activity",),
    sql=calls(
        "act = 'anonymous call' AND resource NOT LIKE '/%' AND (operation LIKE '%secrets%' OR NOT read_only)"
        " AND NOT regexp_matches(operation, '(selfsubject|tokenreviews|subjectaccess)')"
    ),
    entities=DOER,
    suggests={"cloud_exposure": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=5,
    blind_spots="Nameless callers that are given a name by a proxy.",
)
