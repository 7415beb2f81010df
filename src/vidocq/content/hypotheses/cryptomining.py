"""Somebody else's coins are mined with these resources."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="cryptomining",
    title="Cryptomining",
    text="Somebody else's coins are mined with these resources.",
    benign=False,
    prior_bits=-6.0,
    rivals=("blockchain_node", "telemetry_poll", "peer_to_peer_media", "autoscaling", "administration_by_code", "ordinary_browsing"),
    techniques=("T1496",),
    stage="impact",
    actions=(
        ("isolate", "ip:source", "Isolate the machine and stop the miner."),
        ("block", "ip:destination", "Block the pool it works for."),
        ("stop", "resource:target", "Stop the resources that were created."),
    ),
)
