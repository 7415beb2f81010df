"""A stranger's address writes for the first time, under the name of one of our people."""

from vidocq.behaviour.mail import ABOUT, FIRST, OURS, PEOPLE, TOLD, key, seen
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.borrowed_name",
    title="{sender} writes for the first time, as {name}",
    why="Who is asked by the head of the house does not look at the address. Namesakes, and colleagues who write from home to somebody else, do the same.",
    of=("email_activity",),
    sql=f"""
        WITH ours AS (SELECT domain FROM {OURS}), people AS (SELECT key, list(DISTINCT address) AS addresses FROM {PEOPLE} WHERE key IS NOT NULL GROUP BY key),
        strangers AS (
            SELECT e.*, {key('e.sender_name')} AS person FROM email_activity AS e JOIN {FIRST} AS f ON f.sender = e.sender
            -- An address that bears many names is a service that writes for its users.
            WHERE e.time < f.born + INTERVAL 24 HOUR AND f.names < 3 AND e.sender_domain NOT IN (SELECT domain FROM ours) AND {seen('e')}
        )
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, ANY_VALUE(m.sender_name) AS name
        FROM strangers AS m JOIN people AS p ON p.key = m.person
        WHERE NOT list_contains(p.addresses, lower(m.recipient)) AND NOT EXISTS (SELECT 1 FROM email_activity AS w WHERE lower(w.recipient) = m.sender AND w.sender_domain IN (SELECT domain FROM ours) AND w.time < m.time)
        GROUP BY m.sender, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities=ABOUT,
    suggests={"phishing": Strength.TELLING, "something_hostile": Strength.TELLING, "ordinary_mail": Strength.EXPECTED},
    techniques=("T1566", "T1656"),
    severity=3,
    warm_up="Mail of our people that tells their names, or addresses of the form first.last.",
    blind_spots="Traces that tell no names of senders; names of one word; an address that wrote something harmless first.",
)
