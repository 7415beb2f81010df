"""A program brings its own runtime of a language along."""

from vidocq.behaviour.programs import PLACES, name
from vidocq.behaviour.unix import laid_down
from vidocq.model.belief import Detection, Strength

RUNTIMES = "'node', 'nodejs', 'python', 'python3', 'java', 'deno', 'bun', 'ruby', 'perl', 'php', 'electron'"
UNPACKERS = "'curl', 'wget', 'tar', 'unzip', 'xz', 'gzip', 'bsdtar', '7z', 'busybox', 'cp', 'mv'"

DETECTION = Detection(
    id="unix.own_runtime",
    title="{program} on {host} is a runtime that was brought along: {place}",
    why="A machine has the runtimes that its owner installed. One that was fetched and unpacked an hour ago, or that lies in a hidden folder, runs a program that cannot count on what is there.",
    of=("file_activity", "process_activity"),
    sql=f"""
        WITH unpacked AS (SELECT time, uid, host, file_name FROM file_activity WHERE operation IN ('create', 'write', 'rename') AND host IS NOT NULL AND {name('file_name')} IN ({RUNTIMES}) AND {name('process')} IN ({UNPACKERS})),
        run AS (SELECT time, uid, host, actor_user, process_guid, process, command FROM process_activity WHERE operation = 'start' AND process LIKE '/%' AND {name('process')} IN ({RUNTIMES})),
        brought AS (
            SELECT r.*, u.uid AS unpacked FROM run AS r LEFT JOIN unpacked AS u ON u.host = r.host AND u.file_name = r.process AND r.time BETWEEN u.time AND u.time + INTERVAL 1 DAY
            WHERE u.uid IS NOT NULL OR {laid_down('r.process')} OR regexp_matches(r.process, '^/(tmp|var/tmp|dev/shm)/|/\\.[^/]+/(node|python|jre|jdk|deno|bun)[^/]*/(bin/)?[^/]+$')
        )
        SELECT MIN(time) AS time, list_filter(list_distinct(list_concat(list(unpacked), list(uid ORDER BY time, uid))), lambda u: u IS NOT NULL)[1:50] AS events, host, actor_user, arg_min(process_guid, (time, uid)) AS process_guid,
            regexp_extract(process, '[^/]*$') AS program, process AS place, arg_min(substr(command, 1, 300), (time, uid)) AS command
        FROM brought GROUP BY host, actor_user, process, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, host
    """,
    entities=PLACES,
    suggests={"malware_delivery": Strength.EXPECTED, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1059.007",),
    facet="a program is brought",
    blind_spots="Developers and build servers fetch a new version of a runtime every few weeks.",
)
