"""Machines on the internet knock at every door; this one stayed shut."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="internet_noise",
    title="Internet noise that achieved nothing",
    text="Machines on the internet knock at every door; this one stayed shut.",
    benign=True,
    prior_bits=-1.0,
)
