"""A program reads its orders or its server's address from a blockchain."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="c2_blockchain",
    title="Command and control through blockchain endpoints",
    text="A program reads its orders or its server's address from a blockchain.",
    benign=False,
    prior_bits=-6.0,
    rivals=("blockchain_node", "telemetry_poll"),
    techniques=("T1102", "T1568"),
    stage="command-and-control",
    actions=(
        ("isolate", "ip:source", "Isolate the machine, and look for a runtime it did not ship with."),
    ),
)
