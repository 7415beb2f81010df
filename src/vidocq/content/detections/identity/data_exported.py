"""The data of the house, or of many people, is exported."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.data_exported",
    title="{operation} by {actor_user}",
    why="An export of mailboxes or of the whole house takes everything at once. Lawyers and leavers need one now and then.",
    of=("api_activity",),
    sql=done(("data exported",), "service LIKE 'google %' OR service IN ('exchange', 'compliance center', 'sharepoint', 'onedrive', 'auth0', 'okta')"),
    entities=DOER,
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=3,
)
