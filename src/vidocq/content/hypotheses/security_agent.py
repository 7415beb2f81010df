"""A product that watches the machine does what it is there for: it opens every process, and reads what it guards."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="security_agent",
    title="The house's own security agent",
    text="A product that watches the machine does what it is there for: it opens every process, and reads what it guards.",
    benign=True,
    prior_bits=-2.0,
    explains=("credential_theft", "host_compromise", "defence_impairment"),
)
