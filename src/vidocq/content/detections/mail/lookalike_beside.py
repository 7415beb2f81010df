"""A domain one letter from one we write with, or ours with a word beside it, writes for the first time."""

from vidocq.behaviour.mail import ABOUT, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.lookalike_beside",
    title="{sender_domain} writes for the first time, and may be taken for {lookalike} ({how})",
    why="An invoice from a name beside the supplier's is how payments go astray. A supplier's new name, and houses that happen to be called alike, look the same at first.",
    of=("email_activity",),
    sql=f"""
        WITH born AS (SELECT sender_domain, MIN(time) AS born FROM email_activity GROUP BY sender_domain), ours AS (SELECT domain FROM {OURS})
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, n.lookalike, n.lookalike_how AS how
        FROM email_activity AS m JOIN name AS n ON n.name = m.sender_domain JOIN born AS b ON b.sender_domain = m.sender_domain
        WHERE n.lookalike_how <> 'letters that look alike' AND NOT COALESCE(n.popular, FALSE) AND m.time < b.born + INTERVAL 72 HOUR AND {seen('m')}
            AND EXISTS (SELECT 1 FROM ours AS o WHERE o.domain = n.lookalike OR o.domain LIKE '%.' || n.lookalike) = (n.lookalike_how = 'a word is added')
        GROUP BY m.sender, n.lookalike, n.lookalike_how, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities=ABOUT,
    suggests={"phishing": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_mail": Strength.NEUTRAL},
    techniques=("T1566", "T1583.001"),
    severity=3,
    warm_up="The imitated house has written on two days, or was written to.",
    blind_spots="A word beside a partner's name; a partner whose mailbox itself was taken over.",
)
