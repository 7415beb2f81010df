"""What came by mail is run: an interpreter's command names a file that was attached to a message from outside."""

from vidocq.behaviour.mail import OURS, seen
from vidocq.behaviour.programs import SHELLS, name, one_of
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.attachment_run",
    title="{file}, which {sender} sent, makes {host} start {program}",
    why="A document that was mailed is read, not run. When a shell or a script host starts with its name on the command line, it did what its sender wrote.",
    of=("email_activity", "process_activity"),
    sql=f"""
        WITH files AS (
            SELECT *, regexp_extract(lower(told), '[^!/]*$') AS file FROM (SELECT *, UNNEST(from_json(attachments, '["VARCHAR"]')) AS told FROM email_activity WHERE attachments IS NOT NULL AND json_valid(attachments))
        ), outside AS (
            SELECT m.*, COUNT(DISTINCT m.recipient) OVER (PARTITION BY m.file) AS copies FROM files AS m
            WHERE length(m.file) >= 6 AND COALESCE(m.sender_domain, '') NOT IN (SELECT domain FROM {OURS}) AND {seen('m')}
        ), started AS (
            SELECT *, trim(UNNEST(list_distinct(regexp_extract_all(lower(concat_ws(chr(10), command, parent_command)), '[^\\\\/:*?"<>|\n]+[.][a-z0-9-]{{2,10}}')))) AS token
            FROM process_activity WHERE operation = 'start' AND {one_of('process', SHELLS)}
        )
        SELECT p.time, list_distinct([arg_max(m.uid, (m.time, m.uid)), p.uid]) AS events, p.host, p.actor_user, p.process_guid, {name('p.process')} AS program, arg_max(m.sender, (m.time, m.uid)) AS sender,
            arg_max(m.sender_domain, (m.time, m.uid)) AS sender_domain, m.file
        FROM started AS p JOIN outside AS m ON m.file = p.token AND p.time BETWEEN m.time AND m.time + INTERVAL 72 HOUR
        WHERE m.copies <= 50 GROUP BY p.time, p.uid, p.host, p.actor_user, p.process_guid, p.process, m.file
        QUALIFY ROW_NUMBER() OVER (PARTITION BY p.uid ORDER BY m.file) = 1 ORDER BY p.time, p.uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "sender": "mailbox:sender", "sender_domain": "domain:sender", "file": "file:attachment"},
    suggests={"phishing": Strength.TELLING, "malware_delivery": Strength.TELLING, "host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1566.001", "T1204.002"),
    severity=4,
    blind_spots="Files that are renamed when they are saved; what is run without its name on a command line; traces that name no attachments.",
)
