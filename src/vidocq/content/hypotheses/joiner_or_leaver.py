"""People join and leave, and their accounts with them."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="joiner_or_leaver",
    title="People join or leave",
    text="Accounts are made, armed or closed because people join, move or leave.",
    benign=True,
    prior_bits=-2.0,
)
