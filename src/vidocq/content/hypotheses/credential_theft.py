"""Somebody collects passwords, keys or secrets."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="credential_theft",
    title="Theft of secrets",
    text="Somebody collects passwords, keys or secrets.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "autoscaling", "vulnerability_scanner"),
    techniques=("T1552", "T1555.006"),
    stage="credential-access",
    actions=(
        ("rotate", "resource:target", "Rotate the secrets that were read."),
        ("disable_key", "key:credential", "Disable the credential that read them."),
    ),
)
