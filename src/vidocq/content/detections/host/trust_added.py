"""A machine is told to trust whoever holds a certificate."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

COMMANDS = r"security +(-\S+ +)*add-trusted-cert\b|certutil(\.exe)?\"?\b.*[-/](f +)?addstore\b.*\b(root|authroot|trustedpublisher)\b|import-certificate\b.*cert:\\(localmachine|currentuser)\\(root|authroot)|certmgr(\.exe)?\"? +.*[-/]add\b.*\broot\b|(cp|mv|tee|curl|wget)\b.*(/usr/local/share/ca-certificates/|/etc/pki/ca-trust/source/anchors/)"
WHERE = f"regexp_matches(lower(command), '{COMMANDS}') AND NOT (process LIKE '/%' AND lower(command) LIKE 'security %' AND lower(process) <> '/usr/bin/security')"

DETECTION = Detection(
    id="host.trust_added",
    title="{program} on {host} makes the machine trust a certificate: {command}",
    why="Who holds the key of a trusted root reads what the machine sends and signs what it runs. A company hands its own root out by policy to all machines; a command on one is a developer's proxy, or somebody between.",
    of=("process_activity",),
    sql=starts(WHERE),
    entities=PLACES,
    suggests={"defence_impairment": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1553.004",),
    blind_spots="A root that is written to the store without the tool.",
)
