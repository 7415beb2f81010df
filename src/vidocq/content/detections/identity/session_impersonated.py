"""Somebody may act as another person."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.session_impersonated",
    title="{operation} by {actor_user} as {target_user}",
    why="To act as somebody else leaves their name in every log. Support and service desks do it at the person's request.",
    of=("api_activity",),
    sql=done(("session impersonated",)),
    entities=DOER,
    suggests={"account_takeover": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=3,
    blind_spots="A support case that was opened under a false name.",
)
