"""A service desk helps people to sign in again."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="service_desk",
    title="A service desk at work",
    text="A service desk resets passwords and factors for the people who ask for it.",
    benign=True,
    prior_bits=-2.0,
)
