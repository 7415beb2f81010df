"""A person or program uses the web as people do."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="ordinary_browsing",
    title="Ordinary use of the web",
    text="A person or program uses the web as people do.",
    benign=True,
    prior_bits=0.0,
)
