"""Somebody was hired to attack from there at that time."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="ordered_test",
    title="A test that was ordered",
    text="Somebody was hired to attack from there at that time.",
    benign=True,
    prior_bits=-1.0,
    explains=("*",),
)
