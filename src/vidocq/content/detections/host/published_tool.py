"""A program goes by the name of a published tool of attack."""

from vidocq.behaviour.programs import PLACES, name
from vidocq.model.belief import Detection, Strength

TOOLS = (
    # names, technique. Source: attack.mitre.org, software pages, and the tools' own pages.
    ("seatbelt|sharpup|winpeas.*|linpeas.*|beroot|privesccheck", "T1012"), ("sharphound|azurehound|bloodhound|adrecon|sharpview|powerview", "T1087.002"), ("rubeus|kekeo|certipy|kerbrute", "T1558"),
    ("mimikatz|safetykatz|sharpkatz|pypykatz|nanodump|handlekatz|sharpdump|dumpert|lsassy", "T1003.001"), ("lazagne|sharpweb|sharpchrome|hackbrowserdata", "T1555.003"), ("sharpdpapi|sharpsecdump|secretsdump", "T1003"),
    ("(rotten|rogue|juicy|sweet|efs|god|print)[a-z]*(potato|spoofer)|tokenvator", "T1134.001"), ("sharprdp", "T1021.001"), ("sharpwmi|wmiexec", "T1047"), ("smbexec|crackmapexec|netexec|psexec\\.py", "T1021.002"), ("inveigh|krbrelayup", "T1557"),
    ("ligolo.*|revsocks", "T1572"), ("sharpgpoabuse", "T1484.001"), ("spoolsample|petitpotam|coercer|dfscoerce", "T1187"), ("ppldump|ppldump64|pplkiller|edrsandblast", "T1003.001"),
)
SHARED = (
    # names that honest programs bear too, what only the tool of attack is told, technique.
    ("certify", r"\b(cas|find|request|download|pkiobjects|forge|enum-[a-z]+)\b", "T1558"), ("incognito", r"\b(list_tokens|execute|add_user|find_token)\b", "T1134.001"), ("chisel", r"\b(client|server)\b", "T1572"),
)
_ARMS = " ".join(
    f"WHEN (regexp_full_match({name('process')}, '({names})(64|32|_x64|_x86)?(\\.exe)?') OR regexp_full_match(lower(file_name), '({names})(\\.exe)?')) AND regexp_matches(lower(COALESCE(command, '')), '{said}') THEN ['{technique}']"
    for names, said, technique in (*((names, "", technique) for names, technique in TOOLS), *SHARED)
)

DETECTION = Detection(
    id="host.published_tool",
    title="{program} on {host} goes by the name of a published tool of attack: {command}",
    why="Most who use such a tool do not rename it. Testers use the same, and tell the owner beforehand; where an honest program has such a name, what it is told tells them apart.",
    of=("process_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, {name('parent')} AS parent, substr(COALESCE(command, process), 1, 300) AS command, CASE {_ARMS} END AS techniques
        FROM process_activity WHERE operation = 'start' AND CASE {_ARMS} END IS NOT NULL ORDER BY time, uid
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=4,
    blind_spots="A tool that was renamed, or runs within another program.",
)
