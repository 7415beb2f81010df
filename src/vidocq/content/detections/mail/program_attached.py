"""A sender who never wrote before brings a program, a script or a container for one."""

from vidocq.behaviour.mail import ABOUT, FIRST, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

_KINDS = "exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|ps1|lnk|msi|cpl|jar|chm|iso|img|vhdx?|one|xll|docm|xlsm|pptm|dotm|appx|msix|library-ms|rdp"

DETECTION = Detection(
    id="mail.program_attached",
    title="{sender} writes for the first time and brings {file}",
    why="A first letter has no reason to bring a program, a script or the image of a disk. A new partner's developer sends one now and then, and is asked for it.",
    of=("email_activity",),
    sql=f"""
        WITH ours AS (SELECT domain FROM {OURS}),
        files AS (SELECT *, UNNEST(from_json(attachments, '["VARCHAR"]')) AS file FROM email_activity WHERE attachments IS NOT NULL AND json_valid(attachments))
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, MIN(m.file) AS file
        FROM files AS m JOIN {FIRST} AS f ON f.sender = m.sender
        WHERE regexp_matches(lower(m.file), '[.]({_KINDS})$') AND m.time < f.born + INTERVAL 24 HOUR AND COALESCE(m.sender_domain, '') NOT IN (SELECT domain FROM ours)
            AND {seen('m')}
            AND NOT EXISTS (SELECT 1 FROM email_activity AS w WHERE lower(w.recipient) = m.sender AND w.sender_domain IN (SELECT domain FROM ours) AND w.time < m.time)
        GROUP BY m.sender, CAST(m.time AS DATE) ORDER BY time, m.sender
    """,
    entities={**ABOUT, "file": "file:attachment"},
    suggests={"phishing": Strength.TELLING, "malware_delivery": Strength.TELLING, "something_hostile": Strength.EXPECTED, "ordinary_mail": Strength.NEUTRAL},
    techniques=("T1566.001",),
    severity=3,
    blind_spots="Pages as attachments; archives in logs that name only the archive; a sender who wrote something harmless first.",
)
