"""A program runs on while its file is gone."""

from vidocq.behaviour.programs import PLACES
from vidocq.behaviour.unix import laid_down
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="unix.deleted_program",
    title="{program} on {host} runs while its file is gone",
    why="An upgrade replaces the file of a program that runs, in the system's folders. A program in an open or hidden folder whose file is deleted while it runs was not meant to be found.",
    of=("network_activity", "file_activity", "process_activity"),
    sql=f"""
        WITH acts AS (
            SELECT time, uid, host, actor_user, process_guid, process FROM process_activity WHERE process LIKE '/%(deleted)'
            UNION ALL SELECT time, uid, host, actor_user, process_guid, process FROM network_activity WHERE process LIKE '/%(deleted)'
            UNION ALL SELECT time, uid, host, actor_user, process_guid, process FROM file_activity WHERE process LIKE '/%(deleted)'
            -- It deletes its own file, which a program that is installed never does.
            UNION ALL SELECT time, uid, host, actor_user, process_guid, process FROM file_activity WHERE operation = 'delete' AND file_name = process AND process LIKE '/%'
        )
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, arg_min(process_guid, (time, uid)) AS process_guid, replace(process, ' (deleted)', '') AS program FROM acts
        WHERE {laid_down('process')} OR regexp_matches(process, '^(memfd:|/memfd:|/proc/self/fd/)') GROUP BY host, actor_user, replace(process, ' (deleted)', '') ORDER BY time, host
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.TELLING, "defence_impairment": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1070.004",),
    severity=4,
    facet="a program is brought",
    blind_spots="Self-unpacking installers delete what they unpacked; a file that was deleted by another program while nothing more is heard of this one.",
)
