"""A command takes the credentials that a machine or a person keeps."""

from vidocq.behaviour.programs import PLACES, name, starts
from vidocq.model.belief import Detection, Strength

FROM_PLATFORM = r"(169\.254\.169\.254|metadata\.google\.internal|fd00:ec2::254)/?\S*(security-credentials|/token|identity/oauth2|service-accounts)|169\.254\.170\.2"
FROM_FILE = r"\.aws/credentials|\.ssh/id_(rsa|dsa|ecdsa|ed25519)\b|\.kube/config|\.docker/config\.json|gcloud/\S*(credentials|access_tokens)|\.azure/\S*(token|accessTokens)|\.git-credentials|\.netrc|/proc/(self|\d+)/environ|\.env\b|\.pgpass"
READS = r"^(cat|head|tail|less|more|strings|base64|xxd|cp|scp|curl|wget|tar|zip|grep|awk|sed|dd|nc|python3?|perl|sh|bash|dash)$"

TAKEN = f"regexp_matches({name('process')}, '{READS}') AND process LIKE '/%' AND (regexp_matches(command, '{FROM_PLATFORM}') OR regexp_matches(command, '{FROM_FILE}'))"

DETECTION = Detection(
    id="unix.cloud_credentials",
    title="{program} on {host} takes what opens other doors: {command}",
    why="Programs read their own keys through their libraries, without a command. A command that reads a key, a token or an environment shows it to whoever typed it.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN regexp_matches(command, '{FROM_PLATFORM}') THEN ['T1552.005'] WHEN command LIKE '%.ssh/%' THEN ['T1552.004'] ELSE ['T1552.001'] END AS techniques
        FROM ({starts(TAKEN)}) ORDER BY time""",
    entities=PLACES,
    suggests={"credential_theft": Strength.EXPECTED, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    blind_spots="A program that reads the file itself.",
)
