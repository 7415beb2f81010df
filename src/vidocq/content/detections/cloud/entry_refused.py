"""A door to the account, or a session on a machine, is tried and refused."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.entry_refused",
    title="{operation} by {actor_user} on {resource}",
    why="Nothing was opened and nobody was let in. Administrators and developers run into what they may not do every week; who found a credential does so at once, and with one thing after another.",
    of=("api_activity",),
    sql=seldom(("firewall opened", "protection removed", "remote command", "remote session"), ROLE_AND_PLACE, TOLD_OF_CLOUD, only="status = 'failure'"),
    entities=DOER_OF_CLOUD,
    suggests={"account_takeover": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who is refused every day is left alone.",
)
