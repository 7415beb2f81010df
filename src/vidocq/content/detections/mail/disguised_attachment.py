"""A message brings a program under the name of a document."""

from vidocq.behaviour.mail import ABOUT, OURS, TOLD, seen
from vidocq.model.belief import Detection, Strength

_PROGRAM = "exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|ps1|lnk|msi|cpl|jar|chm"
_DOCUMENT = "pdf|docx?|xlsx?|pptx?|rtf|txt|csv|jpe?g|png|gif|html?|mp[34]|eml|odt"

DETECTION = Detection(
    id="mail.disguised_attachment",
    title="{sender} sends {file}: a program under the name of a document",
    why="Windows hides the last ending: only who wants a program to be taken for a document gives it two. A sign that turns the text around does the same.",
    of=("email_activity",),
    sql=f"""
        WITH files AS (SELECT *, UNNEST(from_json(attachments, '["VARCHAR"]')) AS file FROM email_activity WHERE attachments IS NOT NULL AND json_valid(attachments))
        SELECT MIN(m.time) AS time, {TOLD}, ANY_VALUE(m.reply_to) AS reply_to, m.file
        FROM files AS m WHERE (regexp_matches(lower(m.file), '[.]({_DOCUMENT})[ _]*[.]({_PROGRAM})$') OR (contains(m.file, chr(8238)) AND regexp_matches(lower(m.file), '[.]({_PROGRAM})$')))
            AND {seen('m')}
            AND NOT (COALESCE(m.direction, '') IN ('internal', 'outbound') AND m.sender_domain IN (SELECT domain FROM {OURS}))
        GROUP BY m.sender, m.file, CAST(m.time AS DATE) ORDER BY time, m.sender, m.file
    """,
    entities={**ABOUT, "file": "file:attachment"},
    suggests={"phishing": Strength.DAMNING, "malware_delivery": Strength.TELLING, "something_hostile": Strength.DAMNING},
    techniques=("T1566.001", "T1036.007"),
    severity=4,
    blind_spots="Archives with a password, and archives in logs that name only the archive; traces do not name attachments.",
)
