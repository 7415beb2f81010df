"""A program fails and tries again."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="broken_client",
    title="A broken client that retries",
    text="A program fails and tries again.",
    benign=True,
    prior_bits=-2.0,
)
