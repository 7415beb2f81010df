"""A program runs from where it was laid down: a folder open to all, a hidden one."""

from vidocq.behaviour.programs import PLACES
from vidocq.behaviour.unix import laid_down
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="unix.laid_down_program",
    title="{actor_user} on {host} runs {program}, which was laid down there",
    why="Packages install where only an administrator may write. Whoever has broken in may write where everybody may, and hides the folder from a plain listing.",
    of=("process_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, arg_min(process_guid, (time, uid)) AS process_guid, process AS program, arg_min(substr(command, 1, 300), (time, uid)) AS command,
            CASE WHEN process LIKE '%/.%' THEN ['T1564.001', 'T1059'] ELSE ['T1059'] END AS techniques
        FROM process_activity WHERE operation = 'start' AND {laid_down('process')} GROUP BY host, actor_user, process, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, host, program
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.EXPECTED, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "software_update": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    facet="a program is brought",
    blind_spots="A script that an installed interpreter runs; self-unpacking installers and test programs do the same.",
)
