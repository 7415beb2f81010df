"""One identity takes many repositories within an hour."""

from vidocq.behaviour.acting import at_once
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.clone_burst",
    title="{actor_user} takes {within_an_hour} repositories within an hour",
    why="People work in a handful of repositories. Who takes dozens at once, and never did before, copies the company's code, and reads it for secrets at leisure.",
    of=("api_activity",),
    sql=at_once("service = 'github' AND operation IN ('git.clone', 'repo.download_zip')", 20, "f.tool"),
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source"},
    suggests={"exfiltration": Strength.TELLING, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1213.003",),
    severity=4,
    warm_up="None; what the identity took on days before speaks for it.",
    blind_spots="A thief who takes a few a day; a machine that mirrors everything for the first time looks the same.",
)
