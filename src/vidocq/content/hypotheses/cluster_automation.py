"""The cluster, or a program that works in it, does what it does every day."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="cluster_automation",
    title="The cluster's own work",
    text="A controller, an operator or a deployer does in the cluster what it does every day.",
    benign=True,
    prior_bits=-1.0,
)
