"""Somebody with rightful access uses it for what they should not."""

from vidocq.model.belief import Hypothesis, Strength

HYPOTHESIS = Hypothesis(
    id="insider_misuse",
    title="Misuse by an insider",
    text="Somebody with rightful access uses it for what they should not.",
    benign=False,
    prior_bits=-8.0,
    rivals=("administration_by_hand", "backup_replication", "administration_by_code"),
    # Who belongs to the house comes from where they always come from, with what they always use.
    expects={
        "cloud.usual_source": {"usual": Strength.EXPECTED},
        "cloud.new_clients": {"the usual": Strength.EXPECTED, "a new client": Strength.UNEXPECTED},
        "cloud.usual_acts": {"routine": Strength.UNEXPECTED},
    },
    techniques=("T1078", "T1530"),
    stage="collection",
    actions=(
        ("ask_owner", "user:actor", "Ask the person's manager, not the person, what the work was."),
    ),
)
