"""A program fetches its updates."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="software_update",
    title="Software update",
    text="A program fetches its updates.",
    benign=True,
    prior_bits=-1.0,
)
