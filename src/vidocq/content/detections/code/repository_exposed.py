"""Code is opened to others."""

from vidocq.behaviour.acting import DOER, PERSON_AND_PLACE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.repository_exposed",
    title="{operation} by {actor_user} on {resource}",
    why="A repository that is made public, or handed over, is read by strangers within minutes, with its history and every secret that was ever in it.",
    of=("api_activity",),
    sql=seldom(("repository exposed",), PERSON_AND_PLACE, f"{TOLD}, tool"),
    entities=DOER,
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.EXPECTED},
    severity=4,
    blind_spots="A repository that was public from the beginning.",
)
