"""Somebody builds and runs programs here as they do on other days."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="developer_at_work",
    title="A developer at work",
    text="Somebody builds and runs programs here as they do on other days.",
    benign=True,
    prior_bits=-2.0,
    explains=("host_compromise", "host_persistence", "malware_delivery"),
)
