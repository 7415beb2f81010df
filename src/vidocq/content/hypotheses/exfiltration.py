"""Data is carried out of the network to somebody who should not have it."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="exfiltration",
    title="Data theft",
    text="Data is carried out of the network to somebody who should not have it.",
    benign=False,
    prior_bits=-6.0,
    rivals=("backup_replication", "ordinary_browsing", "peer_to_peer_media", "software_update"),
    techniques=("T1041", "T1048"),
    stage="exfiltration",
    actions=(
        ("isolate", "ip:source", "Stop the transfer: isolate the machine that sends."),
        ("block", "ip:destination", "Block the address that receives."),
    ),
)
