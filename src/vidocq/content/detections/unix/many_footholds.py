"""Several different ways to start by itself are set on one machine within the hour."""

from vidocq.behaviour.unix import FOOTHOLDS, technique_of_start
from vidocq.model.belief import Detection, Strength

WAYS = 3
"""Different kinds: a program that is installed needs one, and an administrator who knows the machine chooses one."""

DETECTION = Detection(
    id="unix.many_footholds",
    title="{ways} ways to start by itself are set on {host} within the hour: {kinds}",
    why="A program that belongs there needs one way to start. Whoever fears to be thrown out sets several, so that one is overlooked.",
    of=("file_activity", "process_activity"),
    sql=f"""
        WITH set_so AS (SELECT * FROM ({FOOTHOLDS}) WHERE kind IS NOT NULL), so_far AS (
            SELECT *, list(kind ORDER BY time, uid) OVER w AS all_kinds, list(uid ORDER BY time, uid) OVER w AS uids FROM set_so WINDOW w AS (PARTITION BY host, actor_user ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_sort(list_distinct(uids))[1:50] AS events, host, actor_user, process_guid, len(list_distinct(all_kinds)) AS ways, array_to_string(list_sort(list_distinct(all_kinds)), ', ') AS kinds,
            list_sort(list_distinct(list_transform(all_kinds, lambda kind: {technique_of_start('kind')}))) AS techniques
        FROM so_far WHERE len(list_distinct(all_kinds)) >= {WAYS} QUALIFY ROW_NUMBER() OVER (PARTITION BY host, actor_user, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, uid) = 1 ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_persistence": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    severity=4,
    facet="a foothold is set",
    blind_spots="The provisioning of a new machine, and a person's settings that are restored to a new home, set several too.",
)
