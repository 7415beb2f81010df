"""A program reports, or asks for news, at its own rhythm."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="telemetry_poll",
    title="Telemetry or monitoring",
    text="A program reports, or asks for news, at its own rhythm.",
    benign=True,
    prior_bits=-1.0,
)
