"""A tool of the command line fetches from a host that has no name."""

from vidocq.behaviour.programs import OWN, PLACES, starts
from vidocq.model.belief import Detection, Strength

FROM_ADDRESS = r"\b(curl|wget|tftp|ftpget)\b.*(https?|ftp)://\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"

DETECTION = Detection(
    id="unix.fetched_from_address",
    title="{program} on {host} fetches from a host that has no name: {command}",
    why="Whoever offers programs has a name for where they lie. A bare address is a machine that somebody uses today and leaves tomorrow.",
    of=("process_activity",),
    sql=starts(rf"process LIKE '/%' AND regexp_matches(regexp_replace(lower(command), '{OWN}', '//own', 'g'), '{FROM_ADDRESS}')"),
    entities=PLACES,
    suggests={"malware_delivery": Strength.TELLING, "host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_hand": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1105",),
    severity=4,
    blind_spots="A check whether one's own public address answers; a name that was registered yesterday.",
)
