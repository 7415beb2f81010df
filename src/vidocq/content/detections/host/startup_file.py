"""A program is written into the folder whose content starts with the session, by something that installs nothing."""

from vidocq.behaviour.programs import dropped
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.startup_file",
    title="{process} puts {file_name} where it starts with the session on {host}",
    why="An installer puts a shortcut there. A program or a script that comes over the network, through a remote desktop or from a folder of downloads is put there to be run by whoever signs in next.",
    of=("file_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, file_name, process FROM file_activity
        WHERE regexp_matches(lower(file_name), '\\\\start menu\\\\programs\\\\startup\\\\[^\\\\]+\\.(exe|dll|bat|cmd|vbs|vbe|js|jse|hta|ps1|scr|pif|wsf)$')
            AND (lower(process) IN ('system', 'mstsc.exe') OR lower(process) LIKE '%mstsc.exe' OR {dropped('process')}) ORDER BY time, uid
    """,
    entities={"host": "host:host"},
    suggests={"host_persistence": Strength.DAMNING, "lateral_movement": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    techniques=("T1547.001",),
    severity=4,
    blind_spots="A shortcut to a program elsewhere.",
)
