"""A message in our own or a known house's name asks for answers to a domain that nobody has written with."""

from vidocq.behaviour.mail import ABOUT, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.reply_elsewhere",
    title="{sender} writes, and answers are to go to {reply_to}, where nobody here has written",
    why="Who writes in another's name must have the answers elsewhere. Lists and ticket systems send answers elsewhere too: those of a house one knows do so from the first letter on.",
    of=("email_activity",),
    sql=f"""
        WITH ours AS (SELECT domain FROM {OURS}), known AS (SELECT sender_domain, MIN(time) AS born, COUNT(DISTINCT CAST(time AS DATE)) AS days FROM email_activity GROUP BY sender_domain),
        met AS (SELECT domain, MIN(time) AS born FROM (SELECT sender_domain AS domain, time FROM email_activity UNION ALL SELECT reply_domain, time FROM email_activity UNION ALL SELECT split_part(lower(recipient), '@', 2), time FROM email_activity) GROUP BY domain)
        SELECT MIN(m.time) AS time, {TOLD}, m.reply_to
        FROM email_activity AS m JOIN known AS k ON k.sender_domain = m.sender_domain JOIN met AS r ON r.domain = m.reply_domain
        WHERE m.reply_domain <> m.sender_domain AND NOT m.reply_domain LIKE '%.' || m.sender_domain AND NOT m.sender_domain LIKE '%.' || m.reply_domain AND m.time < r.born + INTERVAL 24 HOUR AND {seen('m')}
            AND m.reply_domain NOT IN (SELECT domain FROM ours)
            -- From ourselves it is telling at once; from others once they have written without it.
            AND ((m.sender_domain IN (SELECT domain FROM ours) AND COALESCE(m.dmarc, '') <> 'pass') OR (k.days >= 3 AND k.born < m.time - INTERVAL 72 HOUR))
        GROUP BY m.sender, m.reply_to, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities=ABOUT,
    suggests={"phishing": Strength.TELLING, "something_hostile": Strength.EXPECTED, "ordinary_mail": Strength.EXPECTED},
    techniques=("T1566",),
    severity=3,
    warm_up="Three days of mail from the sender's domain, unless it is ours.",
    blind_spots="Traces do not tell where answers go: a saved message, Proofpoint and OCSF do.",
)
