"""Somebody makes a way back in: a new key, user, role or trust."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="identity_persistence",
    title="A back door in the identities",
    text="Somebody makes a way back in: a new key, user, role or trust.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "service_desk", "joiner_or_leaver"),
    techniques=("T1098.001", "T1136.003"),
    stage="persistence",
    actions=(
        ("disable_key", "key:issued", "Disable the key that was created."),
        ("revert_policy", "resource:target", "Undo the trust or identity that was added."),
    ),
)
