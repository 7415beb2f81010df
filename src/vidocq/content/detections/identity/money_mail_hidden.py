"""Mail about money or about security is put where its owner does not look."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.money_mail_hidden",
    title="{operation} by {actor_user}: mail about money is put out of sight",
    why="Who writes invoices in somebody's name must keep the answers from them. No owner hides their own mail about payments in a folder for feeds, or deletes it unread.",
    of=("api_activity",),
    sql=done(("mail hidden",), "regexp_matches(lower(detail), '(subject|body)[a-z]*(contains)?[a-z]*\":\"[^\"]*(invoice|payment|wire|iban|bank|payroll|remit|hacked|phish|fraud|docusign|rechnung|zahlung)')"),
    entities=DOER,
    suggests={"mail_takeover": Strength.DAMNING, "something_hostile": Strength.TELLING},
    severity=5,
    blind_spots="Rules that name the sender or nothing rather than words.",
)
