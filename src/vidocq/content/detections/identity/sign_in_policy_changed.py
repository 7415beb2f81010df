"""A policy that guards the sign-in is changed."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.sign_in_policy_changed",
    title="{operation} by {actor_user}: {resource}",
    why="An exception added to a policy lets in whom it names. That a policy changed is worth a look; whether it guards less, the log does not say.",
    of=("api_activity",),
    sql=done(("sign-in policy changed",)),
    entities=DOER,
    suggests={"defence_impairment": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=2,
)
