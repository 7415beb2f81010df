"""Somebody asks a Unix host many things about itself within minutes."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

TOOLS = (
    ("whoami|w|who|last", ".", "T1033"), ("id", "id *$|id +[a-z]", "T1033"), ("uname", " -a", "T1082"), ("hostnamectl|lscpu|dmidecode", ".", "T1082"), ("ps|pstree|top", ".", "T1057"), ("netstat|ss|lsof", ".", "T1049"), ("ip|ifconfig|arp|route", ".", "T1016"),
    ("cat|less|head|getent|awk|grep", "/etc/passwd|getent passwd", "T1087.001"), ("cat|less|head", "/proc/(cpuinfo|version|meminfo)|/etc/\\S*release", "T1082"), ("sudo", " -l\\b", "T1069.001"), ("find", "-perm|id_rsa|\\.ssh|\\.aws|password|\\.env", "T1083"),
    ("crontab", " -l\\b", "T1053.003"), ("env|printenv", ".", "T1082"), ("cat|ls", "\\.aws|\\.ssh|\\.kube|\\.env\\b|/proc/self/environ", "T1552.001"), ("systemctl|service", "list-|--status", "T1007"),
    ("ls", "/home\\b|/root\\b|/opt\\b|/var/www", "T1083"), ("docker|kubectl", " (ps|get|images|config)\\b", "T1613"),
)
"""Which programs, told what, ask for what. Scripts ask for one value (`id -u`, `uname -m`), people for all. Source: attack.mitre.org, tactic TA0007."""
KINDS = 4
"""Different ones within ten minutes. A profile that runs at sign-in asks for two or three: who one is, what machine it is."""
_ROWS = ", ".join(f"('^({tools})$', '{told}', '{technique}')" for tools, told, technique in TOOLS)

DETECTION = Detection(
    id="unix.inquiry",
    title="{actor_user} asks {host} {kinds} kinds of things about itself within ten minutes: {asked}",
    why="Whoever arrives on a strange machine asks who they are, where they are, what runs and who else is there. Its own people know, and its programs ask one thing at a time.",
    of=("process_activity",),
    sql=f"""
        WITH known AS (SELECT * FROM (VALUES {_ROWS}) AS t(tools, told, technique)), asked AS (
            SELECT DISTINCT p.time, p.uid, p.host, p.actor_user, {name('p.process')} AS tool, k.technique FROM process_activity AS p JOIN known AS k ON regexp_matches({name('p.process')}, k.tools) AND regexp_matches(lower(p.command), k.told)
            WHERE p.operation = 'start' AND p.process LIKE '/%'
        ), so_far AS (
            SELECT *, list(tool ORDER BY time, uid) OVER w AS tools, list(technique ORDER BY time, uid) OVER w AS all_techniques, list(uid ORDER BY time, uid) OVER w AS uids FROM asked WINDOW w AS (PARTITION BY host, actor_user ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW)
        )
        SELECT time, list_sort(list_distinct(uids))[1:50] AS events, host, actor_user, len(list_distinct(all_techniques)) AS kinds, array_to_string(list_sort(list_distinct(tools)), ', ') AS asked, list_sort(list_distinct(all_techniques)) AS techniques
        FROM so_far WHERE len(list_distinct(all_techniques)) >= {KINDS} QUALIFY ROW_NUMBER() OVER (PARTITION BY host, actor_user, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) = 1 ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1082",),
    blind_spots="Inventory agents and reports of errors ask the same; questions that the shell answers itself start no program.",
)
