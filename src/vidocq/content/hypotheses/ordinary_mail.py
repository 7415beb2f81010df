"""A message is what it says: of somebody one writes with, a list, or a first letter."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="ordinary_mail",
    title="Ordinary mail",
    text="A message is what it says: from somebody one writes with, from a list or a shop, or the first letter of a new customer.",
    benign=True,
    prior_bits=-2.0,
)
