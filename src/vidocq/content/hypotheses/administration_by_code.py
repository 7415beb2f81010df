"""A pipeline or tool of the owner's does its work."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="administration_by_code",
    title="Administration by code",
    text="A pipeline or tool of the owner's does its work.",
    benign=True,
    prior_bits=-1.0,
)
