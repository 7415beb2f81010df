"""Somebody gives themselves rights they did not have."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="privilege_escalation",
    title="Privilege escalation",
    text="Somebody gives themselves rights they did not have.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand"),
    techniques=("T1098", "T1548"),
    stage="privilege-escalation",
    actions=(
        ("revert_policy", "user:target", "Take the new rights away again."),
        ("disable_key", "key:credential", "Disable the credential that granted them."),
    ),
)
