"""A program on this machine takes orders from an outside server."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="c2_channel",
    title="Command and control",
    text="A program on this machine takes orders from an outside server.",
    benign=False,
    prior_bits=-6.0,
    rivals=("telemetry_poll", "software_update", "ordinary_browsing", "peer_to_peer_media", "broken_client"),
    techniques=("T1071",),
    stage="command-and-control",
    actions=(
        ("isolate", "ip:source", "Isolate the machine that calls out, and keep its memory."),
        ("block", "ip:destination", "Block the address it calls at the edge."),
        ("block", "domain:destination", "Sinkhole the name it calls."),
    ),
)
