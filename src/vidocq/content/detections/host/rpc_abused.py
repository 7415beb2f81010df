"""A remote procedure is called that takes over a machine, or makes it prove itself to somebody else."""

from vidocq.model.belief import Detection, Strength

CALLS = (
    # interface, procedures, how they must be called, what it is, technique. Source: learn.microsoft.com, MS-NRPC, MS-EFSR, MS-RPRN, MS-FSRVP, MS-DFSNM; CVE-2020-1472.
    ("12345678-1234-abcd-ef00-01234567cffb", "30", "TRY_CAST(json_extract_string(fields, '$.AuthenticationLevel') AS INTEGER) <= 1", "sets a machine''s password over a channel that nobody signed", "T1210"),
    ("c681d488-d850-11d0-8c52-00c04fd90f7e", "0|4|5|6|7|12|13|15|16", "network", "has the file system''s encryption sign in elsewhere", "T1187"),
    ("df1941c5-fe89-4e79-bf10-463657acf44d", "0|4|5|6|7|12|13|15|16", "network", "has the file system''s encryption sign in elsewhere", "T1187"),
    ("12345678-1234-abcd-ef00-0123456789ab", "62|65", "network", "has the print spooler sign in elsewhere", "T1187"),
    ("a8e0653c-2744-4389-a61d-7373df8b2292", "8|9", "network", "has the shadow copy service sign in elsewhere", "T1187"),
)
_NETWORK = "COALESCE(json_extract_string(fields, '$.NetworkAddress'), 'NULL') NOT IN ('NULL', '', '127.0.0.1', 'localhost')"
_ARMS = " ".join(f"WHEN lower(json_extract_string(fields, '$.InterfaceUuid')) = '{uuid}' AND regexp_full_match(json_extract_string(fields, '$.ProcNum'), '{number}') AND {_NETWORK if how == 'network' else how} THEN ['{what}', '{technique}']" for uuid, number, how, what, technique in CALLS)

DETECTION = Detection(
    id="host.rpc_abused",
    title="{host} {what} by a remote procedure",
    why="These procedures are there for machines among themselves. Without a signature the first is a hole with a name of its own, and the others serve nobody but him to whom the machine is then made to sign in.",
    of=("base_event",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, called[1] AS what, [called[2]] AS techniques FROM (SELECT *, CASE {_ARMS} END AS called FROM base_event WHERE type IN ('windows.rpc.5', 'windows.rpc.6'))
        WHERE called IS NOT NULL GROUP BY host, called, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, what
    """,
    entities={"host": "host:host"},
    suggests={"exploited_service": Strength.DAMNING, "lateral_movement": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    severity=5,
    blind_spots="Calls are recorded only where somebody traces them.",
)
