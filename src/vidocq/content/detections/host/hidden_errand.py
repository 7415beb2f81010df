"""What hides its command line asks who and where it is."""

from vidocq.behaviour.programs import PLACES, QUIETLY, asks, name
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.hidden_errand",
    title="{parent} on {host}, which hides what it runs, asks about the machine: {command}",
    why="An inventory is taken in the open. A script that was encoded and has no window, and then asks for users, groups and machines, has somebody at its other end who has just arrived.",
    of=("process_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, ANY_VALUE(actor_user ORDER BY time, uid) AS actor_user, parent_guid AS process_guid, {name('parent')} AS parent,
            substr(FIRST(command ORDER BY time, uid), 1, 200) AS command, list_sort(list_distinct(list(technique))) AS techniques, COUNT(*) AS asked
        FROM (SELECT *, {asks('process', 'command')} AS technique FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(parent_command), '{QUIETLY}'))
        WHERE technique IS NOT NULL GROUP BY host, parent_guid, parent, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    severity=4,
    blind_spots="Questions that the script answers itself; logs without the parent's command line.",
)
