"""The web's protocol is spoken with a bare address on a port that is not the web's."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.address_on_odd_port",
    title="{src_ip} speaks HTTP with the bare address {dst_ip} on port {dst_port}",
    why="A server that needs neither a name nor the usual port was not put there for people.",
    of=("http_activity",),
    sql=f"""
        WITH {HOME}
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, COUNT(*) AS requests
        FROM http_activity WHERE host_is_ip AND {ours('src_ip')} AND {outside('dst_ip')} AND dst_port NOT IN (80, 443, 3128, 8000, 8008, 8080, 8088, 8888)
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.EXPECTED},
    techniques=("T1571", "T1071.001"),
    blind_spots="Servers with names; devices of one's own in another network.",
)
