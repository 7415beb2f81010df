"""A policy that guards the sign-in is switched off."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.sign_in_policy_weakened",
    title="{operation} by {actor_user}: {resource} guards no longer",
    why="Who has a password is stopped by the second factor that a policy asks for; so the policy goes. Administrators change it too, seldom and in hours of work.",
    of=("api_activity",),
    sql=done(("sign-in policy weakened",)),
    entities=DOER,
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=4,
    blind_spots="A policy that is widened rather than switched off.",
)
