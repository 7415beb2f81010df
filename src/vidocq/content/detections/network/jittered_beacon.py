"""A machine calls one outside service by a clock that was made to miss its beat."""

from typing import Any

from vidocq.behaviour.direction import series
from vidocq.model.belief import Detection, Strength

TOGETHER = 8
"""Beating pairs of one machine that are told in a day, the steadiest first: a machine with hundreds of them is one finding, not hundreds."""
ROOM = 4000
"""Contacts of one pair that are looked at in a day, at most; a clock shows itself in far fewer."""


def keep_the_regular(rows: Any) -> Any:
    """Those pairs whose contacts such a clock drives, with the numbers of their rhythm."""
    from vidocq.behaviour.rhythm import as_table, clocked, jittered, steadiest

    return as_table(steadiest(clocked(rows.to_pylist(), 1.0, lambda r: 2.5 <= r.period <= 900 and jittered(r)), TOGETHER))


DETECTION = Detection(
    id="network.jittered_beacon",
    title="{src_ip} calls {dst_ip}:{dst_port} {beats} times, every {period} seconds give or take, and never skips a beat",
    why="Programs of honest make keep their time, and people have none. Chance mixed into a clock on purpose, within bounds that are never crossed, is there to hide it.",
    # Whichever of flows, HTTP and TLS there is: none of them must be.
    of=("network_activity", "http_activity", "tls_activity"),
    sql=series("1 DAY", 60, ROOM),
    judge=keep_the_regular,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.NEUTRAL, "software_update": Strength.EXPECTED},
    techniques=("T1071",),
    warm_up="Sixty contacts in a day.",
    blind_spots="Programs of honest make that spread their calls to spare a server; most of them are on other machines too.",
)
