"""Somebody with rightful access uses it for what they should not."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="insider_misuse",
    title="Misuse by an insider",
    text="Somebody with rightful access uses it for what they should not.",
    benign=False,
    prior_bits=-8.0,
    rivals=("administration_by_hand", "backup_replication", "administration_by_code"),
    techniques=("T1078",),
    stage="collection",
    actions=(
        ("ask_owner", "user:actor", "Ask the person's manager, not the person, what the work was."),
    ),
)
