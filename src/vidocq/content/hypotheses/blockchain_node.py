"""Somebody runs a wallet or a node on purpose."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="blockchain_node",
    title="Wallet or blockchain node",
    text="Somebody runs a wallet or a node on purpose.",
    benign=True,
    prior_bits=-3.0,
)
