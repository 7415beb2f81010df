"""Something is made to start by itself, by a hand that installs nothing."""

from vidocq.behaviour.unix import FOOTHOLDS, technique_of_start
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="unix.foothold",
    title="{kind} is set on {host} by {program}: {what}",
    why="What starts by itself survives a restart and a change of passwords. Packages set it through the package manager, people with an editor; whoever has broken in, with whatever is at hand.",
    of=("file_activity", "process_activity"),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, process_guid, kind, regexp_extract(process, '[^/]*$') AS program, arg_min(what, (time, uid)) AS what, [{technique_of_start('kind')}] AS techniques
        FROM ({FOOTHOLDS}) WHERE kind IS NOT NULL GROUP BY host, actor_user, process_guid, process, kind, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, kind
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    facet="a foothold is set",
    blind_spots="Files are seen only where the sensor watches them.",
)
