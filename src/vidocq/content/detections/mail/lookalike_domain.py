"""A domain that may be taken for one of ours, or whose letters look like those of one we write with, writes for the first time."""

from vidocq.behaviour.mail import ABOUT, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.lookalike_domain",
    title="{sender_domain} writes for the first time, and may be taken for {lookalike} ({how})",
    why="Nobody has a name one letter from ours, or one whose letters only look like a partner's, and begins to write to us by chance: such names are registered to be taken for others.",
    of=("email_activity",),
    sql=f"""
        WITH born AS (SELECT sender_domain, MIN(time) AS born FROM email_activity GROUP BY sender_domain)
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, n.lookalike, n.lookalike_how AS how
        FROM email_activity AS m JOIN name AS n ON n.name = m.sender_domain JOIN born AS b ON b.sender_domain = m.sender_domain
        WHERE n.lookalike IS NOT NULL AND n.lookalike_how <> 'a word is added' AND NOT COALESCE(n.popular, FALSE) AND m.time < b.born + INTERVAL 72 HOUR AND {seen('m')}
            AND (n.lookalike_how = 'letters that look alike' OR EXISTS (SELECT 1 FROM {OURS} AS o WHERE o.domain = n.lookalike OR o.domain LIKE '%.' || n.lookalike))
        GROUP BY m.sender, n.lookalike, n.lookalike_how, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities=ABOUT,
    suggests={"phishing": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1566", "T1583.001"),
    severity=4,
    blind_spots="Short names; names that mean ours without looking like it; a domain of ours to which no mail comes and of which nobody signs in.",
)
