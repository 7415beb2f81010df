"""Somebody leaves a container for the machine it runs on."""

from vidocq.model.belief import Hypothesis, Strength

# What bears on any act of an intruder in a control plane bears on this one.
_CHAIN = {"many": Strength.TELLING, "three": Strength.TELLING, "two": Strength.EXPECTED}
_PLACE = {"usual": Strength.UNEXPECTED, "never before": Strength.EXPECTED}

HYPOTHESIS = Hypothesis(
    id="container_escape",
    title="Out of the container",
    text="Somebody takes the machine under a container, and with it the cluster.",
    benign=False,
    prior_bits=-6.0,
    rivals=("cluster_automation", "administration_by_code", "administration_by_hand"),
    expects={
        "cloud.several_tactics": _CHAIN,
        "cloud.several_tactics_from_address": _CHAIN,
        "cloud.surrounding_work": {"nothing else": Strength.EXPECTED},
        "cloud.usual_acts": {"several new": Strength.EXPECTED, "routine": Strength.UNEXPECTED},
        "cloud.usual_source": _PLACE,
        "cloud.address_in_account": {"of the house": Strength.UNEXPECTED, "never before": Strength.EXPECTED},
        "cloud.refused": {"a weighty act": Strength.EXPECTED, "mostly": Strength.EXPECTED},
    },
    techniques=("T1611", "T1610"),
    stage="privilege-escalation",
    actions=(
        ("stop", "resource:target", "Stop the workload; keep its image and its log."),
        ("disable_key", "key:credential", "Disable the credential that started it."),
        ("ask_owner", "user:actor", "Ask whether they started it."),
    ),
)
