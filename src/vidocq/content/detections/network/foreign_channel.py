"""Long or repeated conversations in no known protocol, on a port that is no service's."""

from vidocq.behaviour.direction import HOME, TALKS
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.foreign_channel",
    title="{src_ip} holds {flows} conversations of {minutes} minutes with {dst_ip}:{dst_port}, a port of no known service, in no known protocol",
    why="Tools of remote control bring their own protocol and choose their own port. What people use speaks web, mail or a protocol that sensors know.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, {TALKS}
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, COUNT(*) AS flows, CAST(ROUND(SUM(duration) / 60) AS INTEGER) AS minutes,
            CAST(SUM(bytes_out) AS BIGINT) AS bytes_out, CAST(SUM(bytes_in) AS BIGINT) AS bytes_in
        FROM talks WHERE app IS NULL AND dst_port >= 1024
            AND dst_port NOT IN (1194, 1433, 1521, 1723, 1883, 1935, 3128, 3306, 3389, 3478, 4500, 5060, 5222, 5223, 5228, 5229, 5230, 5432, 5671, 5672, 5938, 8000, 8008, 8080, 8081, 8443, 8883, 8888, 9001)
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 6 HOUR, time) HAVING (COUNT(*) >= 3 AND SUM(duration) >= 300 OR SUM(duration) >= 1800) AND SUM(bytes_out) > 0 AND SUM(bytes_in) > 0
        ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1571", "T1095"),
    warm_up="Three conversations and five minutes, or half an hour.",
    blind_spots="Remote control inside the web's own protocols.",
)
