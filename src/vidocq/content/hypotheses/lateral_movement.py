"""Somebody moves from this machine to others inside."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="lateral_movement",
    title="Lateral movement",
    text="Somebody moves from this machine to others inside.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "vulnerability_scanner", "backup_replication"),
    techniques=("T1021",),
    stage="lateral-movement",
    actions=(
        ("isolate", "ip:source", "Isolate the machine it starts from."),
    ),
)
