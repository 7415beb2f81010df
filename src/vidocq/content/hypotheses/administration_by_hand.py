"""A person does their own administrative work."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="administration_by_hand",
    title="Administration by hand",
    text="A person does their own administrative work.",
    benign=True,
    prior_bits=-1.0,
)
