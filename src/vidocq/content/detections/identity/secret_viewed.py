"""A secret that lets a program in is looked at."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.secret_viewed",
    title="{actor_user} looks at the secret of {resource} ({operation})",
    why="The secret of an integration or another's password lets whoever has read it in under that name. It is looked at when something is set up, and then no more.",
    of=("api_activity",),
    sql=done(("secret read",), "service IN ('duo', 'onelogin', 'okta', 'auth0') AND (target_user IS DISTINCT FROM actor_user)"),
    entities=DOER,
    suggests={"credential_theft": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=2,
)
