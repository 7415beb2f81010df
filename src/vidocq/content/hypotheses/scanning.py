"""A machine that should not looks for others and for their open services."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="scanning",
    title="Scanning",
    text="A machine that should not looks for others and for their open services.",
    benign=False,
    prior_bits=-5.0,
    rivals=("vulnerability_scanner", "internet_noise", "peer_to_peer_media", "telemetry_poll", "broken_client"),
    techniques=("T1046",),
    stage="discovery",
    actions=(
        ("isolate", "ip:source", "Isolate the machine that scans, and find what made it."),
    ),
)
