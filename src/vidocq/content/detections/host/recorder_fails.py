"""What writes the logs stops by itself, or the system starts without its guard."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.recorder_fails",
    title="{host}: {what}",
    why="The service that writes the logs does not fall over, and a machine at work is not started for testing drivers. Either is brought about by whoever does not want to be written down, or needs a driver that nobody signed.",
    of=("base_event",),
    sql=r"""
        SELECT time, [uid] AS events, host, CASE WHEN type = 'windows.security.4826' THEN 'the system was started for testing: drivers need no signature' ELSE 'the service that writes the logs ended unexpectedly' END AS what,
            CASE WHEN type = 'windows.security.4826' THEN ['T1553.006', 'T1562'] ELSE ['T1562.002'] END AS techniques FROM base_event
        WHERE type IN ('windows.system.7031', 'windows.system.7034') AND regexp_matches(lower(COALESCE(json_extract_string(fields, '$.param1'), message)), '^(windows event log|eventlog|(windows-)?ereignisprotokoll|sysmon.*)$')
            OR type = 'windows.security.4826' AND (json_extract_string(fields, '$.TestSigning') = '%%1842' OR json_extract_string(fields, '$.KernelDebug') = '%%1842' OR lower(json_extract_string(fields, '$.DisableIntegrityChecks')) = '%%1842')
        ORDER BY time, uid
    """,
    entities={"host": "host:host"},
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    blind_spots="A machine on which drivers are developed; a disk that is full.",
)
