"""What alerts of decoys say: a machine, a token or a key that nobody has a reason to touch."""

from vidocq.model.belief import Phrase, Strength

_E, _T = Strength.EXPECTED, Strength.TELLING

PHRASES = (
    Phrase(
        r":decoy (?:touched|used)\b", {"something_hostile": _T, "lateral_movement": _E, "credential_theft": _E, "vulnerability_scanner": _E}, (), "discovery",
        "Nobody works with a decoy: who touches it is looking around, or searches every machine by order.",
    ),
    Phrase(r":decoy knocked at from the internet\b", {"internet_noise": _T, "scanning": _E}, (), "reconnaissance", "What the internet reaches is knocked at all day, a decoy like everything else."),
)
