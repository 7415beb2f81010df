"""Somebody asks a Windows machine many things about itself within minutes."""

from vidocq.behaviour.programs import asks, name
from vidocq.model.belief import Detection, Strength

TOOLS = (
    ("whoami.exe", "T1033"), ("quser.exe", "T1033"), ("query.exe", "T1033"), ("net.exe", "T1087"), ("ipconfig.exe", "T1016"), ("route.exe", "T1016"), ("arp.exe", "T1016"), ("netstat.exe", "T1049"), ("systeminfo.exe", "T1082"),
    ("hostname.exe", "T1082"), ("tasklist.exe", "T1057"), ("nltest.exe", "T1482"), ("dsquery.exe", "T1087.002"), ("adfind.exe", "T1087.002"), ("nbtstat.exe", "T1016"), ("gpresult.exe", "T1615"), ("cmdkey.exe", "T1555.004"), ("vaultcmd.exe", "T1555.004"),
    ("sc.exe", "T1007"), ("seatbelt.exe", "T1012"), ("appcmd.exe", "T1505.003"),
)
"""What each asks for. Source: attack.mitre.org, tactic TA0007."""
KINDS = 3
"""Different ones within ten minutes: an administrator with one question asks one."""
_ROWS = ", ".join(f"('{p}', '{t}')" for p, t in TOOLS)

DETECTION = Detection(
    id="host.inquiry",
    title="{actor_user} asks {host} {kinds} kinds of things about itself within ten minutes: {asked}",
    why="Whoever arrives on a strange machine asks who they are, where they are and who else is there. Its own people know.",
    of=("process_activity",),
    sql=f"""
        WITH known AS (SELECT * FROM (VALUES {_ROWS}) AS t(tool, technique)), asked AS (
            SELECT p.time, p.uid, p.host, p.actor_user, k.tool, COALESCE({asks('p.process', 'p.command')}, k.technique) AS technique FROM process_activity AS p JOIN known AS k ON {name('p.process')} = k.tool WHERE p.operation = 'start'
        ), so_far AS (
            SELECT *, list(tool ORDER BY time, uid) OVER w AS tools, list(technique ORDER BY time, uid) OVER w AS all_techniques, list(uid ORDER BY time, uid) OVER w AS uids FROM asked
            WINDOW w AS (PARTITION BY host, actor_user ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        )
        SELECT time, uids[1:50] AS events, host, actor_user, len(list_distinct(tools)) AS kinds, array_to_string(list_sort(list_distinct(tools)), ', ') AS asked, list_sort(list_distinct(all_techniques)) AS techniques FROM so_far
        WHERE len(list_distinct(tools)) >= {KINDS} QUALIFY ROW_NUMBER() OVER (PARTITION BY host, actor_user, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) = 1 ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1082",),
    blind_spots="Inventory agents ask the same, day by day; questions that start no program.",
)
