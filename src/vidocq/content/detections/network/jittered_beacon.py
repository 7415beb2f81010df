"""A machine calls one outside service by a clock that was made to miss its beat."""

from typing import Any

from vidocq.behaviour.direction import CONTACTS, HOME
from vidocq.model.belief import Detection, Strength

TOGETHER = 8
"""Beating pairs of one machine that are told in a day, the steadiest first: a machine with hundreds of them is one finding, not hundreds."""
ROOM = 4000
"""Contacts of one pair that are looked at in a day, at most; a clock shows itself in far fewer."""


def keep_the_regular(rows: Any) -> Any:
    """Those pairs whose contacts a clock drives, with the numbers of their rhythm."""
    import numpy as np
    import pyarrow as pa

    from vidocq.behaviour.rhythm import jittered, merged, rhythm

    found = []
    told: dict[tuple[str, str], int] = {}
    for row in rows.to_pylist():
        seconds = merged(np.asarray(row.pop("seconds"), float) / 1e6, 1.0)
        r = rhythm(seconds)
        if r is None or r.period < 2.5 or r.period > 900 or not jittered(r):
            continue
        found.append({**row, "beats": r.beats, "period": round(r.period, 1), "kept": round(r.kept, 3), "dispersion": round(r.dispersion, 3), "minutes": round(float(seconds[-1] - seconds[0]) / 60, 1)})
    found = sorted(found, key=lambda f: (-f["beats"] * f["kept"], f["time"], f["dst_ip"], f["domain"] or "", f["dst_port"]))
    kept = []
    for f in found:
        machine = (f["src_ip"], str(f["time"])[:10])
        told[machine] = told.get(machine, 0) + 1
        if told[machine] <= TOGETHER:
            kept.append(f)
    names = ("time", "events", "src_ip", "dst_ip", "domain", "dst_port", "beats", "period", "kept", "dispersion", "minutes")
    kinds = (pa.timestamp("us"), pa.list_(pa.string()), pa.string(), pa.string(), pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.float64(), pa.float64(), pa.float64())
    return pa.Table.from_pylist(kept, pa.schema(list(zip(names, kinds, strict=True))))


DETECTION = Detection(
    id="network.jittered_beacon",
    title="{src_ip} calls {dst_ip}:{dst_port} {beats} times, every {period} seconds give or take, and never skips a beat",
    why="Programs of honest make keep their time, and people have none. Chance mixed into a clock on purpose, within bounds that are never crossed, is there to hide it.",
    # Whichever of flows, HTTP and TLS there is: none of them must be.
    of=(),
    sql=f"""
        WITH {HOME}, {CONTACTS}, days AS (
            SELECT src_ip, domain, address, dst_port, MAX(time) AS time, arg_max(dst_ip, (time, uid)) AS dst_ip, list(epoch_us(time) ORDER BY time, uid)[1:{ROOM}] AS seconds, list(uid ORDER BY time, uid)[1:200] AS events
            FROM called GROUP BY src_ip, domain, address, dst_port, time_bucket(INTERVAL 1 DAY, time) HAVING COUNT(*) >= 10
        )
        SELECT time, events, src_ip, dst_ip, domain, dst_port, seconds FROM days ORDER BY time, src_ip, dst_ip, domain, dst_port
    """,
    judge=keep_the_regular,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"c2_channel": Strength.TELLING, "telemetry_poll": Strength.NEUTRAL, "software_update": Strength.EXPECTED},
    techniques=("T1071",),
    warm_up="Sixty contacts in a day.",
    blind_spots="Programs of honest make that spread their calls to spare a server; most of them are on other machines too.",
)
