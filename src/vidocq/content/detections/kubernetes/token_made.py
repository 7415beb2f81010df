"""A credential of the cluster is made for another identity."""

from vidocq.behaviour.acting import DOER
from vidocq.behaviour.kubernetes import calls
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="kubernetes.token_made",
    title="{actor_user} makes a credential for {resource}: {noted}",
    why="A token of a service account works from anywhere and outlives the session that made it. Programs that hand out tokens do it every day.",
    of=("api_activity",),
    sql=calls("act = 'key made' AND status = 'success' AND earlier < 3"),
    entities=DOER,
    suggests={"identity_persistence": Strength.EXPECTED, "credential_theft": Strength.EXPECTED, "cluster_automation": Strength.NEUTRAL},
    severity=2,
    blind_spots="Tokens read from inside a container.",
)
