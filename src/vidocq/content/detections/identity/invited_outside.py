"""Somebody outside the house is invited in."""

from vidocq.behaviour.acting import DOER, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.invited_outside",
    title="{actor_user} invites {shared_with}",
    why="A guest of the own making is a way back in that survives every reset. People invite partners and customers all day.",
    of=("api_activity",),
    sql=done(("user invited outside",)),
    entities=DOER,
    suggests={"identity_persistence": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    severity=2,
    blind_spots="A guest under a name that looks like the house.",
)
