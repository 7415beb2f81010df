"""Somebody finds out what this account holds and what they may do in it."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="cloud_reconnaissance",
    title="Reconnaissance in the cloud",
    text="Somebody finds out what this account holds and what they may do in it.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_code", "administration_by_hand", "vulnerability_scanner", "telemetry_poll", "broken_client"),
    techniques=("T1580", "T1526"),
    stage="discovery",
    actions=(
        ("ask_owner", "user:actor", "Ask the owner of the identity whether this inventory was theirs."),
    ),
)
