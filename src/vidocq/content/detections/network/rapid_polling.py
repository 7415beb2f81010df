"""A machine asks one outside service several times a second, or every other second, for minutes."""

from typing import Any

from vidocq.behaviour.direction import CONTACTS, HOME
from vidocq.model.belief import Detection, Strength

LONGEST = 2.5
"""Seconds: slower clocks are beacons."""
ROOM = 3000


def keep_the_regular(rows: Any) -> Any:
    """Those series whose contacts a fast clock drives."""
    import numpy as np
    import pyarrow as pa

    from vidocq.behaviour.rhythm import merged, regular, rhythm

    found = []
    for row in rows.to_pylist():
        # One request shows in several logs within the same twentieth of a second.
        seconds = merged(np.asarray(row.pop("seconds"), float) / 1e6, 0.05)
        r = rhythm(seconds)
        minutes = float(seconds[-1] - seconds[0]) / 60
        # Pages come in bursts, whose pauses count here: a loop has none.
        if r is not None and r.beats >= 60 and r.period < LONGEST and regular(r) and minutes >= 2 and r.beats * r.period >= 0.7 * 60 * minutes:
            found.append({**row, "beats": r.beats, "period": round(r.period, 2), "kept": round(r.kept, 3), "minutes": round(minutes, 1)})
    names = ("time", "events", "src_ip", "dst_ip", "domain", "dst_port", "beats", "period", "kept", "minutes")
    kinds = (pa.timestamp("us"), pa.list_(pa.string()), pa.string(), pa.string(), pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.float64(), pa.float64())
    return pa.Table.from_pylist(found, pa.schema(list(zip(names, kinds, strict=True))))


DETECTION = Detection(
    id="network.rapid_polling",
    title="{src_ip} asks {dst_ip}:{dst_port} every {period} seconds, {beats} times",
    why="Nobody needs news so often by asking anew; services that have news keep a line open. A loop that was written in haste, or that must not miss an order, asks and asks.",
    of=("network_activity", "http_activity", "tls_activity"),
    sql=f"""
        WITH {HOME}, {CONTACTS}, spells AS (
            SELECT src_ip, domain, address, dst_port, MAX(time) AS time, arg_max(dst_ip, (time, uid)) AS dst_ip, list(epoch_us(time) ORDER BY time, uid)[1:{ROOM}] AS seconds, list(uid ORDER BY time, uid)[1:200] AS events
            FROM called GROUP BY src_ip, domain, address, dst_port, time_bucket(INTERVAL 30 MINUTE, time) HAVING COUNT(*) >= 60
        )
        SELECT time, events, src_ip, dst_ip, domain, dst_port, seconds FROM spells ORDER BY time, src_ip, dst_ip, domain, dst_port
    """,
    judge=keep_the_regular,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination", "domain": "domain:destination"},
    suggests={"c2_channel": Strength.TELLING, "telemetry_poll": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1071",),
    warm_up="Sixty contacts, and two minutes of them, within half an hour.",
    blind_spots="Requests inside one connection that no log tells apart.",
)
