"""A message lures people into giving away credentials or running a program."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="phishing",
    title="Phishing",
    text="A message lures people into giving away credentials or running a program.",
    benign=False,
    prior_bits=-6.0,
    rivals=("ordinary_mail", "ordinary_browsing", "sensor_noise"),
    techniques=("T1566",),
    stage="initial-access",
    actions=(
        ("purge", "mailbox:target", "Remove the message from every mailbox."),
    ),
)
