"""Somebody reads and writes mail in another person's name."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="mail_takeover",
    title="Mailbox taken over",
    text="Somebody reads and writes mail in this person's name: business e-mail compromise.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_hand", "travel_new_device"),
    techniques=("T1114.003", "T1564.008"),
    stage="collection",
    actions=(
        ("reset_password", "user:actor", "Reset the person's password and end their sessions."),
        ("revert_policy", "resource:target", "Remove the rule or the forwarding, and look at what was sent since."),
    ),
)
