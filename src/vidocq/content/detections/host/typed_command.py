"""Somebody typed a command that hides or fetches something into the box that runs programs."""

from vidocq.model.belief import Detection, Strength

TOLD = r"(powershell|pwsh|cmd|mshta|curl|certutil|rundll32|regsvr32|msiexec|wscript)(\.exe)?\b.*(https?:|\b[a-z0-9+/]{40,}=*|hidden|\biex\b|frombase64|invoke-|downloadstring|start /min)"
"""A program by its name, or a site by its address, is what the box is for; a program that is told to fetch or to hide is not."""

DETECTION = Detection(
    id="host.typed_command",
    title="A command was put into the run box of {host}: {value}",
    why="People open programs by name there. A whole command was read out to them by a page that pretends to check whether they are human, or sent by a tool that types into a remote desktop.",
    of=("registry_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, substr(value, 1, 300) AS value FROM registry_activity
        WHERE operation = 'set' AND lower(path) LIKE '%explorer\\runmru\\%' AND regexp_matches(lower(value), '{TOLD}') ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"malware_delivery": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1204.004",),
    severity=4,
    blind_spots="A terminal that was opened first; machines whose registry is not watched.",
)
