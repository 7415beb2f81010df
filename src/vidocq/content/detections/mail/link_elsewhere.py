"""A new sender's link shows one host and leads to another."""

from vidocq.behaviour.mail import ABOUT, FIRST, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

_PAIRS = """from_json(links, '["VARCHAR"]')"""

DETECTION = Detection(
    id="mail.link_elsewhere",
    title="{sender} writes for the first time; a link shows {shown} and leads to {leads}",
    why="A link that shows where it does not lead is made to be believed. Newsletters count who follows their links: theirs show the sender's own name, or lead by a service that others here get mail through too.",
    of=("email_activity",),
    sql=f"""
        WITH ours AS (SELECT domain FROM {OURS}),
        pairs AS (SELECT e.* , split_part(pair, ' ', 1) AS shown, split_part(pair, ' ', 2) AS leads FROM (SELECT *, UNNEST({_PAIRS}) AS pair FROM email_activity WHERE links IS NOT NULL AND json_valid(links)) AS e),
        ways AS (SELECT leads, COUNT(DISTINCT sender_domain) AS senders FROM pairs GROUP BY leads)
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, ANY_VALUE(m.leads) AS host, ANY_VALUE(m.shown) AS shown, ANY_VALUE(m.leads) AS leads
        FROM pairs AS m JOIN {FIRST} AS f ON f.sender = m.sender JOIN ways AS w ON w.leads = m.leads
        WHERE m.time < f.born + INTERVAL 24 HOUR AND w.senders < 3 AND {seen('m')}
            AND m.shown <> m.sender_domain AND m.shown NOT LIKE '%.' || m.sender_domain AND m.sender_domain NOT LIKE '%.' || m.shown AND m.leads <> m.sender_domain AND m.sender_domain NOT LIKE '%.' || m.leads
            AND NOT EXISTS (SELECT 1 FROM ours AS o WHERE m.leads = o.domain OR m.leads LIKE '%.' || o.domain)
        GROUP BY m.sender, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities={**ABOUT, "host": "domain:link"},
    suggests={"phishing": Strength.TELLING, "something_hostile": Strength.EXPECTED, "ordinary_mail": Strength.EXPECTED},
    techniques=("T1566.002",),
    severity=3,
    blind_spots="Texts that show no host; links that lead to the sender's own site; logs that do not keep what a link shows (all but saved messages).",
)
