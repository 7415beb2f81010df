"""Somebody tries passwords until one fits."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="credential_guessing",
    title="Password guessing",
    text="Somebody tries passwords until one fits.",
    benign=False,
    prior_bits=-5.0,
    rivals=("broken_client", "internet_noise", "vulnerability_scanner", "administration_by_code"),
    techniques=("T1110",),
    stage="credential-access",
    actions=(
        ("block", "ip:source", "Block the address that guesses."),
        ("reset_password", "user:actor", "Reset the password that may have been found."),
    ),
)
