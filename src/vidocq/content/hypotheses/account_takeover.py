"""The credentials of this identity are used by somebody else."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="account_takeover",
    title="Account takeover",
    text="The credentials of this identity are used by somebody else.",
    benign=False,
    prior_bits=-6.0,
    rivals=("travel_new_device", "administration_by_hand", "administration_by_code", "service_desk"),
    techniques=("T1078.004", "T1078"),
    stage="initial-access",
    actions=(
        ("disable_key", "key:credential", "Disable the credential; it can be enabled again."),
        ("disable_key", "key:issued", "Disable the key that was created with it."),
        ("reset_password", "user:actor", "Reset the identity's password and end its sessions."),
        ("block", "ip:source", "Block the address it was used from."),
    ),
)
