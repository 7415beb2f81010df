"""Data is destroyed, encrypted or held."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="destruction",
    title="Destruction or ransom",
    text="Data is destroyed, encrypted or held.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "backup_replication"),
    techniques=("T1485", "T1486"),
    stage="impact",
    actions=(
        ("disable_key", "key:credential", "Disable the credential at once."),
        ("isolate", "ip:source", "Isolate the machine that does it."),
    ),
)
