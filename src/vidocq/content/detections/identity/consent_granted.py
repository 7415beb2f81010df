"""An application is let into mail, files or the directory."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.consent_granted",
    title="{actor_user} lets {resource} in ({operation})",
    why="A consent outlives the password and needs no sign-in: who is lured into one gives away the mailbox. People let in calendars and notes; mail, files and offline access are what is lured for.",
    of=("api_activity",),
    sql=done(("consent granted",)),
    entities=DOER,
    suggests={"consent_phishing": Strength.TELLING, "identity_persistence": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=3,
    blind_spots="Applications that were let in before the log begins.",
)
