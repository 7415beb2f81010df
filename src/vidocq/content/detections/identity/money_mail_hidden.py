"""Mail about money or about security is put where its owner does not look."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

_MONEY = r"""regexp_matches(lower(detail), '(subject|body)[a-z]*":"[^"]*(invoice|payment|\bwire\b|\biban\b|\bbank|payroll|\bremit|hacked|phish|fraud|docusign|rechnung|zahlung)')"""
# Deleted, or in a folder that nobody opens. A bookkeeper files invoices as read in a folder of their own, and everybody has an archive.
_UNSEEN = r"""regexp_matches(lower(detail), '"deletemessage":"?true|"movetofolder":"[^"]*(rss|conversation history|sync issues|junk|deleted|notes|notizen|gel..?scht|verlauf)')"""

DETECTION = Detection(
    id="identity.money_mail_hidden",
    title="{operation} by {actor_user}: mail about money is put out of sight",
    why="Who writes invoices in somebody's name must keep the answers from them. No owner hides their own mail about payments in a folder for feeds, or deletes it unread.",
    of=("api_activity",),
    sql=done(("mail hidden",), f"{_MONEY} AND {_UNSEEN}"),
    entities=DOER,
    suggests={"mail_takeover": Strength.DAMNING, "something_hostile": Strength.TELLING},
    severity=5,
    blind_spots="Rules that name the sender or nothing rather than words; an archive: `identity.mail_rule` tells of these.",
)
