"""Data or a resource of this account was opened to somebody outside."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="cloud_exposure",
    title="Resources shared with an outsider",
    text="Data or a resource of this account was opened to somebody outside.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "backup_replication"),
    techniques=("T1537", "T1530"),
    stage="exfiltration",
    actions=(
        ("disable_key", "key:credential", "Disable the credential that opened it."),
        ("revert_policy", "resource:target", "Take the share back."),
    ),
)
