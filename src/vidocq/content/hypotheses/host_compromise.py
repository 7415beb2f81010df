"""Somebody else runs programs on this machine."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="host_compromise",
    title="A compromised machine",
    text="Somebody else runs programs on this machine.",
    benign=False,
    prior_bits=-5.9,  # It is what most particular readings of a machine have in common: a little likelier than each of them.
    rivals=("administration_by_hand", "administration_by_code", "software_update", "sensor_noise", "vulnerability_scanner"),
    techniques=("T1059",),
    stage="execution",
    actions=(
        ("isolate", "host:host", "Isolate the machine, keep its memory and disk."),
    ),
)
