"""A program on this machine talks to its operator through DNS queries."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="c2_dns",
    title="Command and control over DNS",
    text="A program on this machine talks to its operator through DNS queries.",
    benign=False,
    prior_bits=-6.0,
    rivals=("telemetry_poll", "ordinary_browsing", "broken_client"),
    techniques=("T1071.004",),
    stage="command-and-control",
    actions=(
        ("isolate", "ip:source", "Isolate the machine that asks, and find the process behind the queries."),
        ("block", "domain:registered", "Sinkhole the domain under which the queries go."),
    ),
)
