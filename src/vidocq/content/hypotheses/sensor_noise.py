"""The rule fires on ordinary life, here as it always does."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="sensor_noise",
    title="Routine noise of a rule",
    text="The rule fires on ordinary life, here as it always does.",
    benign=True,
    prior_bits=0.0,
)
