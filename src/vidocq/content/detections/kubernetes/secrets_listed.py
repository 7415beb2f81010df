"""A person lists the secrets of a namespace."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.secrets_listed",
    title="{actor_user} lists {resource}",
    why="A list of secrets holds their values. A person seldom needs more than the one they look for.",
    of=("api_activity",),
    sql=calls(
        "act = 'secret read' AND status = 'success' AND actor_type = 'User' AND regexp_matches(operation, '^(list|watch) ')"
        " AND resource LIKE '%/secrets' AND earlier < 3"
    ),
    entities=DOER,
    suggests={"credential_theft": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=1,
    blind_spots="What a program of the namespace lists.",
)
