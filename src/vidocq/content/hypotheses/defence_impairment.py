"""Somebody turns off what would see them."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="defence_impairment",
    title="Defences impaired",
    text="Somebody turns off what would see them.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand"),
    techniques=("T1562.008", "T1562"),
    stage="defense-evasion",
    actions=(
        ("disable_key", "key:credential", "Disable the credential that turned the logging off."),
        ("restore_logging", "resource:target", "Turn the logging on again, and look at what it missed."),
    ),
)
