"""The rightful person works from a new place or machine."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="travel_new_device",
    title="Travel or a new device",
    text="The rightful person works from a new place or machine.",
    benign=True,
    prior_bits=-2.0,
)
