"""What a tool of the command line has just fetched is run."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

FETCHERS = "'curl', 'wget', 'fetch', 'aria2c', 'lwp-download', 'ftp', 'tftp', 'scp', 'sftp', 'python', 'python3', 'perl', 'node', 'php', 'busybox'"
TOLD = r"\b(curl|wget)\b.*\bhttps?://.*(\||;|&&).*(\b(ba|z|da)?sh\b|chmod \+?[0-7x]+|\./)"
"""One line that fetches, makes it a program and runs it."""

DETECTION = Detection(
    id="unix.fetched_and_run",
    title="{actor_user} on {host} runs what {how} has just fetched: {what}",
    why="Packages come through the package manager, which checks who signed them. A file that is fetched by hand, made a program and run within minutes was checked by nobody: some installers, and every intruder.",
    of=("file_activity", "process_activity"),
    sql=rf"""
        WITH fetched AS (
            SELECT time, uid, host, file_name, {name('process')} AS how FROM file_activity WHERE operation IN ('create', 'write', 'rename') AND host IS NOT NULL AND {name('process')} IN ({FETCHERS}) AND file_name LIKE '/%'
        ), run AS (
            SELECT time, uid, host, actor_user, process_guid, process FROM process_activity WHERE operation = 'start' AND process LIKE '/%'
        )
        SELECT r.time, [f.uid, r.uid] AS events, r.host, r.actor_user, r.process_guid, f.how, r.process AS what FROM run AS r JOIN fetched AS f ON f.host = r.host AND f.file_name = r.process AND r.time BETWEEN f.time AND f.time + INTERVAL 1 HOUR
        QUALIFY ROW_NUMBER() OVER (PARTITION BY r.uid ORDER BY f.time DESC, f.uid) = 1
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, {name('process')}, substr(command, 1, 300) FROM process_activity WHERE operation = 'start' AND process LIKE '/%' AND regexp_matches(lower(command), '{TOLD}')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"malware_delivery": Strength.EXPECTED, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1105", "T1059.004"),
    facet="a program is brought",
    blind_spots="A file that is renamed or unpacked between; files are seen only where the sensor watches them.",
)
