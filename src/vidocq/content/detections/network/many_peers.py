"""A machine exchanges small messages with many outside peers on ports of their own."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.many_peers",
    title="{src_ip} sends small messages to {peers} outside peers on {ports} different ports",
    why="A bot without a server finds its fellows at home connections, each on a port of its own, and gossips with them in small messages.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}
        SELECT MAX(time) AS time, list(uid ORDER BY COALESCE(established, FALSE), time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, COUNT(DISTINCT dst_ip) AS peers, COUNT(DISTINCT dst_port) AS ports,
            COUNT(*) AS flows, COUNT(CASE WHEN established THEN 1 END) AS answered
        FROM network_activity WHERE {ours('src_ip')} AND {outside('dst_ip')} AND protocol IN ('tcp', 'udp') AND dst_port >= 1024 AND dst_port NOT IN (1900, 3128, 3389, 3478, 5222, 5223, 5228, 5353, 8000, 8080, 8443, 8888)
            AND COALESCE(app, '') NOT IN ('dns', 'http', 'ssl') AND COALESCE(bytes_out, 0) < 100000 AND COALESCE(bytes_in, 0) < 100000
        GROUP BY src_ip, time_bucket(INTERVAL 6 HOUR, time) HAVING COUNT(DISTINCT dst_ip) >= 25 AND COUNT(DISTINCT dst_port) >= 20
        ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1071", "T1571", "T1095"),
    # Evidence begins with those that never answered: a list of peers that were is what a bot carries around.
    warm_up="Twenty-five peers within six hours.",
    blind_spots="A file-sharing client that idles looks the same.",
)
