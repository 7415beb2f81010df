"""One identity downloads a great many files within an hour."""

from vidocq.behaviour.acting import at_once
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.download_burst",
    title="{actor_user} downloads {within_an_hour} files from {service} within an hour",
    why="People open files one after another. Hundreds within an hour, by somebody who never did so before, are taken to be kept: before leaving, or by a thief.",
    of=("api_activity",),
    sql=at_once("read_only IS NULL AND service IS NOT NULL AND regexp_matches(operation, '(?i)(^|[._ ])(file_?)?download(ed|s)?($|[._ ])')", 200, "f.service, f.tool"),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.EXPECTED},
    techniques=("T1213",),
    severity=3,
    warm_up="None; what the identity took on days before speaks for it.",
    blind_spots="A client that synchronises a new machine looks the same.",
)
