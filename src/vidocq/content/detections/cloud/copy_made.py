"""A copy of a machine or a database is made that can be carried off whole."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE, TOLD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.copy_made",
    title="{operation} by {actor_user} of {resource}",
    why="A database need not be read row by row: its image is copied to where it can be taken. Backups do the same, by the same hand every night.",
    of=("api_activity",),
    sql=seldom(("copy made",), ROLE, f"{TOLD}, issuer, tool"),
    entities=DOER_OF_CLOUD,
    suggests={"cloud_exposure": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="A thief who takes over the hand that makes the backups.",
)
