"""A script shows a window that asks for a password, or runs as administrator through one."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

ASKS = r"display dialog.*(hidden answer|passwor|passcode|keychain)|(hidden answer|passwor).*display dialog"
RAISES = r"with administrator privileges"
WHERE = f"regexp_matches(process, '(^|/)osascript$') AND process LIKE '/%' AND regexp_matches(lower(command), '{ASKS}|{RAISES}')"

DETECTION = Detection(
    id="mac.credential_prompt",
    title="{parent} on {host} has a script ask for a password: {command}",
    why="The system asks for a password in its own window. A script that draws one keeps what is typed; one that runs with administrator privileges has the person type it. Some installers do the second, hardly anybody the first.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN regexp_matches(lower(command), '{ASKS}') THEN ['T1056.002', 'T1059.002'] ELSE ['T1548.004', 'T1059.002'] END AS techniques FROM ({starts(WHERE)}) ORDER BY time""",
    entities=PLACES,
    suggests={"credential_theft": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    severity=4,
    blind_spots="A compiled program that draws the window itself; a script that is read from a file.",
)
