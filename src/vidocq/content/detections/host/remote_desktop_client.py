"""A client of the remote desktop runs from where nothing is installed."""

from vidocq.behaviour.programs import dropped, name
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.remote_desktop_client",
    title="{program} on {host}, which nobody installed, has the client of the remote desktop in it",
    why="The client came with the system, and managers of connections are installed. A program from a folder of downloads that has the client in it types for somebody; or an administrator carries a manager of connections along.",
    of=("module_activity",),
    sql=rf"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, process_guid, {name('process')} AS program FROM module_activity
        WHERE regexp_matches(lower(file_name), '\\(mstscax|(ax)?interop\.mstsclib)\.dll$') AND ({dropped('process')} OR regexp_matches(lower(process), '^[a-z]:\\users\\[^\\]+\\[^\\]+$')) GROUP BY host, process_guid, process, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host
    """,
    entities={"host": "host:host", "process_guid": "process:process"},
    suggests={"lateral_movement": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1021.001",),
    severity=4,
    blind_spots="A client that was put into a folder of its own; one that speaks the protocol by itself.",
)
