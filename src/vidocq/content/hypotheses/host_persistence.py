"""Somebody made sure that their program starts again on this machine."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="host_persistence",
    title="A foothold that stays",
    text="Somebody made sure that their program starts again on this machine.",
    benign=False,
    prior_bits=-6.0,
    rivals=("software_update", "administration_by_code", "administration_by_hand"),
    techniques=("T1547",),
    stage="persistence",
    actions=(
        ("isolate", "host:host", "Isolate the machine, and keep what was set to start."),
        ("ask_owner", "user:actor", "Ask whether they set it up."),
    ),
)
