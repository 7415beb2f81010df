"""An application is allowed for everybody."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.application_allowed",
    title="{operation} by {actor_user}: {resource}",
    why="An application that is allowed for the whole house may be installed by everybody in it. Whose it is is worth a look.",
    of=("api_activity",),
    sql=done(("application allowed",)),
    entities=DOER,
    suggests={"identity_persistence": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=2,
)
