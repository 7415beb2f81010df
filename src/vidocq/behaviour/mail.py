"""Who we are and whom we write with, as the mail itself tells, in SQL for detections. Nothing that a sender writes makes him one of ours."""

from __future__ import annotations

_STOPPED = "('blocked', 'quarantined', 'failed', 'rejected')"


def seen(row: str) -> str:
    """SQL: whether anybody got to see the message of this row, as far as any row about it says."""
    return f"""(COALESCE(lower({row}.status), '') NOT IN {_STOPPED}
        AND NOT EXISTS (SELECT 1 FROM email_activity AS s WHERE s.trace_id = {row}.trace_id AND s.recipient IS NOT DISTINCT FROM {row}.recipient AND lower(s.status) IN {_STOPPED}))"""


_PEOPLE = "SELECT DISTINCT lower(actor_user) AS who, split_part(lower(actor_user), '@', 2) AS domain FROM authentication WHERE status = 'success' AND actor_user LIKE '%@%.%'"

_REACHED = "SELECT split_part(lower(recipient), '@', 2) AS domain FROM email_activity WHERE direction IN ('inbound', 'internal') AND recipient LIKE '%@%'"

OURS = f"""(
    SELECT domain FROM ({_REACHED}) GROUP BY domain HAVING COUNT(*) * 20 >= (SELECT COUNT(*) FROM ({_REACHED}))
    UNION SELECT domain FROM ({_PEOPLE}) GROUP BY domain HAVING COUNT(*) * 10 >= (SELECT COUNT(*) FROM ({_PEOPLE}))
    UNION SELECT arg_max(domain, (n, domain)) FROM (SELECT split_part(lower(recipient), '@', 2) AS domain, COUNT(*) AS n FROM email_activity
        WHERE recipient LIKE '%@%' AND lower(sender_domain) IS DISTINCT FROM split_part(lower(recipient), '@', 2) GROUP BY domain)
        WHERE NOT EXISTS (SELECT 1 FROM email_activity WHERE direction IS NOT NULL) HAVING COUNT(*) > 0
)"""
"""SQL: our own domains. Where every twentieth message comes in to, as the server says; of which every tenth person who signs in is, so that neither a guest nor a mailbox that forwards makes a domain
ours; else where most mail goes that its sender did not write to their own house."""

FIRST = """(
    SELECT sender, MIN(time) AS born, COUNT(DISTINCT sender_name) AS names FROM email_activity WHERE sender IS NOT NULL GROUP BY sender
)"""
"""SQL: when each sender first wrote, and under how many names."""


def key(name: str) -> str:
    """SQL: a person's name whatever its order, case and accents; NULL for what has not two words."""
    words = f"list_sort(list_filter(string_split(trim(regexp_replace(lower(strip_accents({name})), '[^a-z]+', ' ', 'g')), ' '), lambda w: length(w) > 1))"
    return f"CASE WHEN len({words}) BETWEEN 2 AND 4 THEN array_to_string({words}, ' ') END"


PEOPLE = f"""(
    SELECT DISTINCT {key('name')} AS key, address FROM (
        SELECT DISTINCT sender_name AS name, lower(sender) AS address FROM email_activity WHERE sender_domain IN (SELECT domain FROM {OURS}) AND sender_name IS NOT NULL
        UNION SELECT split_part(address, '@', 1), address FROM (SELECT lower(recipient) AS address FROM email_activity UNION SELECT lower(actor_user) FROM authentication)
            WHERE split_part(address, '@', 2) IN (SELECT domain FROM {OURS}))
)"""
"""SQL: the names of our people with their addresses: those they write under, and `first.last` of an address."""

ABOUT = {"sender": "mailbox:sender", "sender_domain": "domain:sender", "recipients": "user:target", "reply_to": "mailbox:reply"}
"""The entities of an alert about a message."""

TOLD = "list(DISTINCT m.uid ORDER BY m.uid)[1:200] AS events, m.sender, ANY_VALUE(m.sender_domain) AS sender_domain, list(DISTINCT lower(m.recipient) ORDER BY lower(m.recipient))[1:20] AS recipients"
