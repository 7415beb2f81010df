"""A call, a game, a stream or a sharing program talks to many."""

from vidocq.model.belief import Hypothesis

HYPOTHESIS = Hypothesis(
    id="peer_to_peer_media",
    title="Peer-to-peer or media traffic",
    text="A call, a game, a stream or a sharing program talks to many.",
    benign=True,
    prior_bits=-2.0,
)
