"""Who may come in from where is changed."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.network_allowed",
    title="{operation} by {actor_user} in {service}",
    why="A list of allowed addresses keeps a stolen password useless elsewhere. Whoever stole one widens the list, or turns it off.",
    of=("api_activity",),
    sql=seldom(("network allowed",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="A list that is narrowed looks the same where the record does not hold the list.",
)
