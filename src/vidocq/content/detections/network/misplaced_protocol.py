"""A protocol that has a port of its own is spoken with the outside on another one, again and again."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

OWN = """(app = 'http' AND dst_port NOT IN (80, 591, 3128, 5985, 7547, 8000, 8008, 8080, 8081, 8088, 8888) OR app IN ('ssl', 'tls') AND dst_port NOT IN (25, 110, 143, 443, 465, 563, 587, 636, 853, 989, 990, 993, 994,
    995, 3269, 3389, 4443, 5061, 5222, 5223, 5228, 5229, 5230, 5269, 5349, 5671, 6697, 8443, 8883, 9443) OR app = 'ssh' AND dst_port NOT IN (22, 2222) OR app = 'smtp' AND dst_port NOT IN (25, 465, 587, 2525)
    OR app IN ('ftp', 'rdp', 'smb', 'irc') AND dst_port NOT IN (21, 139, 445, 990, 3389, 6660, 6661, 6662, 6663, 6664, 6665, 6666, 6667, 6668, 6669, 6697, 7000))"""

DETECTION = Detection(
    id="network.misplaced_protocol",
    title="{src_ip} speaks {app} with {dst_ip} on port {dst_port}, {conversations} times",
    why="Publishers keep to the port that firewalls let through. Whoever runs many servers on one address, or must not be where one looks, takes another.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, MIN(app) AS app, COUNT(*) AS conversations, CAST(SUM(bytes_out) AS BIGINT) AS bytes_out, CAST(SUM(bytes_in) AS BIGINT) AS bytes_in
        FROM network_activity WHERE protocol = 'tcp' AND established AND {ours('src_ip')} AND {outside('dst_ip')} AND {OWN}
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 6 HOUR, time) HAVING COUNT(*) >= 3 ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "telemetry_poll": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1571",),
    warm_up="Three conversations within six hours.",
    blind_spots="Formats that do not name the protocol; what is spoken inside TLS on its own port.",
)
