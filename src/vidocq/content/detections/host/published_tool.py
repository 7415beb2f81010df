"""A program goes by the name of a published tool of attack."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

TOOLS = (
    # names, technique. Source: attack.mitre.org, software pages, and the tools' own pages.
    ("seatbelt|sharpup|winpeas.*|linpeas.*|beroot|sherlock|privesccheck", "T1012"), ("sharphound|azurehound|bloodhound|adrecon|sharpview|powerview", "T1087.002"), ("rubeus|kekeo|certify|certipy|kerbrute", "T1558"),
    ("mimikatz|safetykatz|sharpkatz|pypykatz|nanodump|handlekatz|sharpdump|dumpert|lsassy", "T1003.001"), ("lazagne|sharpweb|sharpchrome|hackbrowserdata", "T1555.003"), ("sharpdpapi|sharpsecdump|secretsdump", "T1003"),
    ("(rotten|rogue|juicy|sweet|efs|god|print)[a-z]*(potato|spoofer)|incognito|tokenvator", "T1134.001"), ("sharprdp", "T1021.001"), ("sharpwmi|wmiexec", "T1047"), ("smbexec|crackmapexec|netexec|psexec\\.py", "T1021.002"), ("inveigh|krbrelayup", "T1557"),
    ("chisel|ligolo.*|revsocks", "T1572"), ("sharpgpoabuse", "T1484.001"), ("spoolsample|petitpotam|coercer|dfscoerce", "T1187"), ("ppldump|ppldump64|pplkiller|edrsandblast", "T1003.001"),
)
_ARMS = " ".join(f"WHEN regexp_full_match(program, '({names})(64|32|_x64|_x86)?(\\.exe)?') OR regexp_full_match(original, '({names})(\\.exe)?') THEN ['{technique}']" for names, technique in TOOLS)

DETECTION = Detection(
    id="host.published_tool",
    title="{program} on {host} goes by the name of a published tool of attack: {command}",
    why="Most who use such a tool do not rename it. Testers use the same, and tell the owner beforehand; nobody else's program has such a name.",
    of=("process_activity",),
    sql=f"""SELECT * FROM (SELECT t.*, CASE {_ARMS} END AS techniques FROM (SELECT s.*, lower(COALESCE(p.file_name, '')) AS original FROM ({starts('process IS NOT NULL')}) AS s JOIN process_activity AS p ON p.uid = s.events[1] AND p.time = s.time AND p.operation = 'start') AS t)
        WHERE techniques IS NOT NULL ORDER BY time, events""",
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=4,
    blind_spots="A tool that was renamed, or runs within another program.",
)
