"""A secret or key is added to an application."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.application_credential",
    title="{operation} by {actor_user}: {resource} has a new credential",
    why="An application with rights of its own signs in without a person and without a second factor; a further key for it is a way back in. Its owners renew keys too, by a pipeline or at their expiry.",
    of=("api_activity",),
    sql=done(("application credential added",)),
    entities=DOER,
    suggests={"identity_persistence": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=3,
    blind_spots="A renewal looks alike until what is done with the key is seen.",
)
