"""Machines, functions or tasks run here for somebody else."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="cloud_compute_abuse",
    title="Cloud resources put to work for somebody else",
    text="Machines, functions or tasks run here for somebody else.",
    benign=False,
    prior_bits=-6.0,
    rivals=("autoscaling", "administration_by_code", "administration_by_hand"),
    techniques=("T1578.002", "T1496"),
    stage="impact",
    actions=(
        ("disable_key", "key:credential", "Disable the credential that started it."),
        ("stop", "resource:target", "Stop what was started; keep its disk."),
    ),
)
