"""Data is copied where it is meant to go."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="backup_replication",
    title="Backup or replication",
    text="Data is copied where it is meant to go.",
    benign=True,
    prior_bits=-2.0,
)
