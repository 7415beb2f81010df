"""A person was lured into letting a stranger's application in."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="consent_phishing",
    title="Consent phishing",
    text="A person was lured into letting a stranger's application into mail or files.",
    benign=False,
    prior_bits=-6.0,
    rivals=("administration_by_hand", "administration_by_code"),
    techniques=("T1528", "T1566"),
    stage="credential-access",
    actions=(
        ("revert_policy", "resource:target", "Withdraw the consent and disable the application."),
        ("reset_password", "user:actor", "End the person's sessions."),
    ),
)
