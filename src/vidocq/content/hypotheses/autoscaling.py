"""The platform itself starts and stops what it needs."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="autoscaling",
    title="Autoscaling or scheduled capacity",
    text="The platform itself starts and stops what it needs.",
    benign=True,
    prior_bits=-1.0,
)
