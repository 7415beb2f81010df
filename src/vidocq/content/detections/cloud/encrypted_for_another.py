"""Data is encrypted with a key of another account."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.encrypted_for_another",
    title="{operation} by {actor_user} on {resource} with a key of {shared_with}",
    why="Data under a stranger's key is the stranger's to give back. Whoever writes to a partner's store uses the partner's key, so the store tells the two apart.",
    of=("api_activity",),
    sql=seldom(("encrypted for another",), ROLE, f"{TOLD}, issuer, tool", where="status = 'success'"),
    entities=DOER_OF_CLOUD,
    suggests={"destruction": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="A key of one's own in another account of one's own looks the same until the account is known.",
)
