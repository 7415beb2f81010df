"""Programs and where they lie, in SQL for detections and questions about machines. Paths are Windows' or Unix'."""

from __future__ import annotations


def name(column: str) -> str:
    """The file name at the end of a path, in lower case."""
    return f"lower(regexp_extract({column}, '[^\\\\/]*$'))"


DROPPED = (
    r"\\users\\[^\\]+\\(downloads|desktop|music|videos|pictures|documents)\\|\\users\\public\\|\\windows\\(temp|tasks|tracing|debug|fonts)\\|\\programdata\\[^\\]+$|\\perflogs\\|\\recycle"
    r"|\\users\\[^\\]+\\appdata\\(roaming|local|locallow)\\[^\\]+$|\\appdata\\local\\temp\\|^[a-z]:\\(temp|tmp|users)?\\?[^\\]+$|^[a-z]:\\(temp|tmp|intel)\\|\\globalroot\\|\\tsclient\\|^\\\\[0-9a-z]"
    r"|^/(tmp|var/tmp|dev/shm)/|/\.[^/]+/[^/]+$"
)
"""Folders that nothing is installed in: anybody may write there, and nobody looks. Also a share, a redirected drive, a shadow copy, a hidden folder."""


def dropped(column: str) -> str:
    """Whether a path lies where a program was dropped rather than installed."""
    return f"regexp_matches(lower({column}), '{DROPPED}')"


_PLAIN = (
    "%_users_%_downloads_%", "%_users_%_desktop_%", "%_users_%_documents_%", "%_users_public_%", "%_windows_temp_%", "%_windows_tasks_%", "%_windows_tracing_%", "%_appdata_local_temp_%", "%_perflogs_%", "_:_temp_%", "_:_tmp_%",
    "%tsclient_%", "%globalroot_%", "/tmp/%", "/var/tmp/%", "/dev/shm/%",
)


def dropped_plain(column: str) -> str:
    """The same in words that every store understands alike: `_` stands for the separator, of which stores disagree how it is written."""
    return "(" + " OR ".join(f"lower({column}) LIKE '{pattern}'" for pattern in _PLAIN) + f" OR {column} LIKE '%/.%/%' AND NOT {column} LIKE '%/.%/%/%')"


SHELLS = (
    "cmd.exe", "powershell.exe", "pwsh.exe", "wscript.exe", "cscript.exe", "mshta.exe", "rundll32.exe", "regsvr32.exe", "msbuild.exe", "installutil.exe", "certutil.exe", "bitsadmin.exe",
    "whoami.exe", "net.exe", "net1.exe", "nltest.exe", "schtasks.exe", "reg.exe", "wmic.exe", "nc.exe", "nc64.exe", "sh", "bash", "dash", "zsh", "python", "python3", "perl", "curl", "wget", "nc",
)
"""Programs that run what they are told: shells, script hosts, and the tools that stand in for them."""


def one_of(column: str, programs: tuple[str, ...]) -> str:
    """Whether a path ends in one of these names."""
    return f"{name(column)} IN ({', '.join(repr(p) for p in programs)})"


def interpreted(column: str) -> str:
    """Whether a command line has an interpreter run something, or runs what was dropped."""
    return (
        f"regexp_matches(lower({column}), '(powershell|pwsh|cmd(\\.exe)?\"? +/|%comspec%|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|-enc|frombase64|https?://|\\\\\\\\\\.\\\\pipe\\\\|/bin/(ba)?sh |curl |wget )"
        f"|\\\\users\\\\public\\\\|\\\\(windows|local)\\\\temp\\\\|\\\\appdata\\\\|\\\\downloads\\\\|^\"?[a-z]:\\\\[^\\\\]+\\.(exe|bat|ps1|vbs|dll)|/tmp/|/dev/shm/')"
    )


def starts(where: str) -> str:
    """SQL: one row for each start of a process for which that holds."""
    return f"""SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, {name('parent')} AS parent, substr(COALESCE(command, process), 1, 300) AS command
        FROM process_activity WHERE operation = 'start' AND ({where}) ORDER BY time, uid"""


def tools_told(tools: tuple[tuple[str, str, str], ...]) -> str:
    """SQL: one row for each start of one of these tools, under its own name or another, whose command line says so: (program, pattern, technique)."""
    rows = ", ".join(f"('{program}', '{pattern}', '{technique}')" for program, pattern, technique in tools)
    return f"""
        WITH known AS (SELECT * FROM (VALUES {rows}) AS t(tool, pattern, technique))
        SELECT p.time, [p.uid] AS events, p.host, p.actor_user, p.process_guid, k.tool, {name('p.parent')} AS parent, substr(p.command, 1, 300) AS command, [k.technique] AS techniques
        FROM process_activity AS p JOIN known AS k ON k.tool IN ({name('p.process')}, lower(p.file_name)) AND regexp_matches(lower(p.command), k.pattern)
        WHERE p.operation = 'start' ORDER BY p.time, p.uid"""


def commands_told(commands: tuple[tuple[str, str], ...], where: str = "TRUE") -> str:
    """SQL: one row for each start of a process whose command line says one of these, anywhere in it: (pattern, technique)."""
    rows = ", ".join(f"('{pattern}', '{technique}')" for pattern, technique in commands)
    return f"""
        WITH known AS (SELECT * FROM (VALUES {rows}) AS t(pattern, technique))
        SELECT p.time, [p.uid] AS events, p.host, ANY_VALUE(p.actor_user) AS actor_user, ANY_VALUE(p.process_guid) AS process_guid, ANY_VALUE({name('p.process')}) AS program, ANY_VALUE({name('p.parent')}) AS parent,
            substr(ANY_VALUE(p.command), 1, 300) AS command, list_sort(list_distinct(list(k.technique))) AS techniques
        FROM process_activity AS p JOIN known AS k ON regexp_matches(lower(p.command), k.pattern) WHERE p.operation = 'start' AND {where} GROUP BY p.time, p.uid, p.host ORDER BY p.time, p.uid"""


def of_few_machines(found: str) -> str:
    """SQL: the rows of starts of processes, without those that the house's own administration makes: the same words, numbers apart, were told on four other machines before.

    Before means earlier by the same installed program, or a day ago by whatever program: what one administers by is everywhere, and the first machines of something new are still told.
    """
    return f"""
        WITH found AS ({found}), words AS (
            SELECT f.*, regexp_replace(lower(p.command), '[0-9]+', '#', 'g') AS words, lower(COALESCE(p.parent, '')) AS above FROM found AS f JOIN process_activity AS p ON p.uid = f.events[1] AND p.time = f.time
        ), known AS (
            SELECT f.events[1] AS uid FROM words AS f JOIN words AS e ON e.words = f.words AND e.above = f.above AND e.host <> f.host AND e.time < f.time
            GROUP BY f.events[1], f.time, f.above
            HAVING count(DISTINCT CASE WHEN regexp_matches(f.above, '^[a-z]:.program files') THEN e.host END) >= 4 OR count(DISTINCT CASE WHEN e.time < f.time - INTERVAL '20' HOUR THEN e.host END) >= 4
        )
        SELECT * EXCLUDE (words, above) FROM words WHERE events[1] NOT IN (SELECT uid FROM known) ORDER BY time, events"""


_NO_WINDOW, _ENCODED = r" [-/–—―]w(i[a-z]*)? +\W?(h[a-z]*|1)\b", r" [-/–—―]e[a-z]* +\"?[a-z0-9+/=]{40,}"
QUIETLY = f"(powershell|pwsh).*({_NO_WINDOW}.*{_ENCODED}|{_ENCODED}.*{_NO_WINDOW})"
"""A script that is encoded and has no window: agents of management encode their commands, people hide a window, whoever does both has reasons for both. Options may be cut short after any letter."""

OWN = r"//(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.0\.0\.0)"
"""How an address of one's own network begins on a command line, and the one at which a cloud tells a machine about itself. Take them out, and look at what is left."""

QUESTIONS = (
    # program, what its command line says, technique; the first that fits. Source: attack.mitre.org, tactic TA0007.
    ("net1?", r"group .*/do", "T1069.002"), ("net1?", "localgroup", "T1069.001"), ("net1?", "user.* /do|group", "T1087.002"), ("net1?", " user", "T1087.001"), ("net1?", " view", "T1018"), ("net1?", " share", "T1135"),
    ("net1?", " (use|session)", "T1049"), ("net1?", " accounts", "T1201"), ("net1?", " start", "T1007"), ("net1?", " (time|config)", "T1124"), ("whoami|quser|query|qwinsta", "", "T1033"), ("ipconfig|route|arp|nbtstat|ifconfig", "", "T1016"),
    ("netstat|ss", "", "T1049"), ("systeminfo|hostname|ver", "", "T1082"), ("tasklist|ps", "", "T1057"), ("nltest", "", "T1482"), ("dsquery|adfind|ldifde|csvde", "", "T1087.002"), ("gpresult", "", "T1615"), ("cmdkey|vaultcmd", "", "T1555.004"),
    ("klist", "", "T1558"), ("reg", " query ", "T1012"), ("sc", " query", "T1007"), ("schtasks", "/query", "T1053.005"), ("wmic", r"(process|useraccount|computersystem|os|qfe|product|service|share|ntdomain|netuse)\b.*(get|list)|antivirus", "T1047"),
)
"""Tools that tell who and where one is, and who else is here; and what each asks for."""


def asks(process: str, command: str) -> str:
    """SQL: the technique by which a program asks its machine or its network about itself; NULL where it does not."""
    arms = " ".join(f"WHEN regexp_full_match({name(process)}, '({tools})(\\.exe)?')" + (f" AND regexp_matches(lower({command}), '{said}')" if said else "") + f" THEN '{technique}'" for tools, said, technique in QUESTIONS)
    return f"CASE {arms} END"


PLACES = {"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"}
"""The entities of an alert about a process."""
