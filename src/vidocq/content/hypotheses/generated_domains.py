"""A program on this machine walks through names that an algorithm makes."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="generated_domains",
    title="Malware looking for its server among generated domains",
    text="A program on this machine walks through names that an algorithm makes.",
    benign=False,
    prior_bits=-6.0,
    rivals=("ordinary_browsing", "broken_client"),
    techniques=("T1568.002",),
    stage="command-and-control",
    actions=(
        ("isolate", "ip:source", "Isolate the machine that asks for the names."),
    ),
)
