"""A machine asks one outside service several times a second, or every other second, for minutes."""

from typing import Any

from vidocq.behaviour.direction import series
from vidocq.model.belief import Detection, Strength

LONGEST = 2.5
"""Seconds: slower clocks are beacons."""
UNBROKEN = 0.7
"""Pages come in bursts, whose pauses count here: a loop has none."""
ROOM = 3000


def keep_the_regular(rows: Any) -> Any:
    """Those series whose contacts a fast clock drives."""
    from vidocq.behaviour.rhythm import as_table, clocked, regular

    # One request shows in several logs within the same twentieth of a second.
    return as_table(clocked(rows.to_pylist(), 0.05, lambda r: r.beats >= 60 and r.period < LONGEST and regular(r) and r.lasted >= 120 and r.beats * r.period >= UNBROKEN * r.lasted))


DETECTION = Detection(
    id="network.rapid_polling",
    title="{src_ip} asks {dst_ip}:{dst_port} every {period} seconds, {beats} times",
    why="Nobody needs news so often by asking anew; services that have news keep a line open. A loop that was written in haste, or that must not miss an order, asks and asks.",
    of=("network_activity", "http_activity", "tls_activity"),
    sql=series("30 MINUTE", 60, ROOM),
    judge=keep_the_regular,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"c2_channel": Strength.TELLING, "telemetry_poll": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1071",),
    warm_up="Sixty contacts, and two minutes of them, within half an hour.",
    blind_spots="Requests inside one connection that no log tells apart.",
)
