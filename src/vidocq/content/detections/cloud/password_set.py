"""A password is set for somebody else."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE_AND_PLACE, TOLD_OF_CLOUD, seldom
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.password_set",
    title="{operation} by {actor_user} for {target_user}",
    why="With a new password the console opens as another person. People set their own; a help desk does it as routine.",
    of=("api_activity",),
    sql=seldom(
        ("password set",), ROLE_AND_PLACE, TOLD_OF_CLOUD,
        only="target_user IS NULL OR (target_user IS DISTINCT FROM actor_user AND COALESCE(actor_session, '') NOT LIKE '%/' || target_user)",
    ),
    entities=DOER_OF_CLOUD,
    suggests={"identity_persistence": Strength.TELLING, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    severity=3,
    blind_spots="A help desk whose own credentials are stolen.",
)
