"""The database of a domain is opened in another place than its own."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.directory_copied",
    title="A copy of the domain's database is made on {host}: {file}",
    why="The directory's database lies in one place and is opened there. A second one in another folder is made to set up a further controller, which its administrator knows of, or to take every password of the domain away.",
    of=("base_event",),
    sql=r"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, file FROM (SELECT *, regexp_extract(lower(COALESCE(json_extract_string(fields, '$.Data'), message)), '([a-z]:|\\\\\?)\\[^|,]*ntds\.dit') AS file FROM base_event
            WHERE type IN ('windows.application.216', 'windows.application.325', 'windows.application.326', 'windows.application.327'))
        WHERE file <> '' AND NOT regexp_matches(file, '^[a-z]:\\(windows\\)?ntds\\ntds\.dit$') GROUP BY host, file, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, file
    """,
    entities={"host": "host:host"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1003.003",),
    blind_spots="A database that was moved to a disk of its own; backups that open their shadow copy.",
)
