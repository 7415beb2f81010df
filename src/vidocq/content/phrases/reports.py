"""What it means that a person shows us a message."""

from vidocq.model.belief import Phrase, Strength

PHRASES = (
    Phrase(
        r"^message reported A message is reported by a person",
        {"phishing": Strength.EXPECTED},
        ("T1566",),
        "InitialAccess",
        "Most of what people report is advertisement; some of it is what the filters let through.",
    ),
)
