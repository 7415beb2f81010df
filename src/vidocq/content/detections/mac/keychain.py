"""The keychain is listed, copied or asked for its secrets by command."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

ASKED = r"security +(-\S+ +)*(dump-keychain|export .*-t +(all|privkeys|identities)|unlock-keychain +-p +\S+ *($|[^ ]*login\.keychain)|find-(generic|internet)-password +.*(-[a-z]*[wg])( |$))"
COPIED = r"\b(cp|ditto|zip|tar|rsync|scp|curl|cat|mv)\b.*library/keychains/|login\.keychain(-db)?\b.*(\.zip|\.tar|https?://|/tmp/)"
WHERE = f"process LIKE '/%' AND regexp_matches(lower(command), '{ASKED}|{COPIED}')"

DETECTION = Detection(
    id="mac.keychain",
    title="{program} on {host} takes from the keychain: {command}",
    why="Programs ask the keychain for their own secret, one at a time and through the system. A command that lists or copies it whole takes what all of them keep there.",
    of=("process_activity",),
    sql=starts(WHERE),
    entities=PLACES,
    suggests={"credential_theft": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1555.001",),
    severity=4,
    blind_spots="Developers' scripts that fetch one secret with -w; a program that opens the file itself.",
)
