"""A secret is refused."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.secret_refused",
    title="{actor_user} is refused {resource}",
    why="Who owns a credential knows which secrets it may read; who found it tries.",
    of=("api_activity",),
    sql=calls("act = 'secret read' AND status = 'failure' AND error IN ('Forbidden', 'Unauthorized')"),
    entities=DOER,
    suggests={"credential_theft": Strength.EXPECTED, "broken_client": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Names that are guessed and do not exist.",
)
