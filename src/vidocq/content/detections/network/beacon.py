"""A machine keeps a clock's beat with one outside service."""

from typing import Any

from vidocq.behaviour.direction import series
from vidocq.model.belief import Detection, Strength

TOGETHER = 8
"""Beating pairs of one machine that are told in a day, the steadiest first: a machine with hundreds of them is one finding, not hundreds."""
ROOM = 4000
"""Contacts of one pair that are looked at in a day, at most; a clock shows itself in far fewer."""


def keep_the_regular(rows: Any) -> Any:
    """Those pairs whose contacts a clock drives, with the numbers of their rhythm."""
    from vidocq.behaviour.rhythm import as_table, clocked, regular, steadiest

    return as_table(steadiest(clocked(rows.to_pylist(), 1.0, lambda r: r.period >= 2.5 and regular(r)), TOGETHER))


DETECTION = Detection(
    id="network.beacon",
    title="{src_ip} calls {dst_ip}:{dst_port} every {period} seconds, {beats} times",
    why="A program that waits for orders asks for them at its own rhythm, with some chance mixed in. People come in bursts and leave gaps.",
    # Whichever of flows, HTTP and TLS there is: none of them must be.
    of=("network_activity", "http_activity", "tls_activity"),
    sql=series("1 DAY", 10, ROOM),
    judge=keep_the_regular,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.EXPECTED, "software_update": Strength.EXPECTED, "broken_client": Strength.NEUTRAL},
    techniques=("T1071",),
    warm_up="Ten contacts in a day; with much jitter, two dozen.",
    blind_spots="Sleep of hours with few beats in a day; a channel that stays open.",
)
