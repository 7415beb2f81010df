"""Mail is forwarded, or hidden from its owner."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.mail_rule",
    title="{operation} by {actor_user}: mail is led away or out of sight",
    why="Who reads a mailbox in secret has its mail sent on, and hides the answers of those who wonder. People file newsletters into folders of their own.",
    of=("api_activity",),
    sql=done(("mail forwarded", "mail hidden",)),
    entities=DOER,
    suggests={"mail_takeover": Strength.TELLING, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Rules that a mail program keeps to itself.",
)
