"""A token of the control plane is made."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.token_made",
    title="{operation} by {actor_user}: {resource}",
    why="A token acts with its maker's rights, without password and second factor, until somebody finds it. Administrators make them for programs, seldom.",
    of=("api_activity",),
    sql=done(("key made",), "target_user IS NULL"),
    entities=DOER,
    suggests={"identity_persistence": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=2,
    blind_spots="Tokens that were made before the log begins.",
)
