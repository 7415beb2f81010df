"""A store of passwords is copied or read by command."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

TAKEN = r"ntdsutil.*ifm|vssadmin.*create +shadow|vshadow.* -(nw|p)|diskshadow|reg(\.exe)?\"? +save +\"?hklm\\\\?(sam|system|security)|ntds\.dit|esentutl.*/vss|/stext|/text:\S*password|\\login data|key4\.db|logins\.json|lazagne|mimikatz|/etc/shadow"
"""Source: attack.mitre.org T1003.002, T1003.003, T1555, T1552."""

DETECTION = Detection(
    id="host.password_stores",
    title="{program} on {host} copies or reads a store of passwords: {command}",
    why="The account database, a browser's logins and a web server's configuration hold passwords. Their own programs read them in place; a command that copies or lists them is for taking them away.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN regexp_matches(lower(command), 'stext|/text:|login|key4|lazagne') THEN ['T1555'] WHEN command LIKE '%/etc/shadow%' THEN ['T1003.008'] ELSE ['T1003.003', 'T1003.002'] END AS techniques
        FROM ({starts(f"regexp_matches(lower(COALESCE(command, '')), '{TAKEN}')")}) ORDER BY time""",
    entities=PLACES,
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED, "backup_replication": Strength.EXPECTED},
    severity=4,
    blind_spots="Backup programs make shadow copies through the system's interface, without a command.",
)
