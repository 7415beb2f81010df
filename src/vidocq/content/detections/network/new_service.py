"""A service is reached from outside that was not there before."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.new_service",
    title="{dst_ip} answers strangers on port {dst_port} for the first time in {days} days",
    why="Services are opened by people who say so. A door that stands open one morning was opened by somebody else, or by mistake.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, heard AS (SELECT MIN(time) AS since FROM network_activity), known AS (SELECT ip, MIN(time) AS since FROM (SELECT src_ip AS ip, time FROM network_activity UNION ALL SELECT dst_ip, time FROM network_activity) GROUP BY ip),
        visits AS (
            SELECT *, MIN(time) OVER (PARTITION BY dst_ip, dst_port) AS began FROM network_activity WHERE protocol = 'tcp' AND established AND bytes_in > 0 AND bytes_out > 0 AND {outside('src_ip')} AND {ours('dst_ip')} AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL) AND dst_port <> 113
        ), answered AS (
            SELECT dst_ip, dst_port, MAX(time) AS time, arg_min(src_ip, (time, uid)) AS src_ip, list(uid ORDER BY time, uid)[1:50] AS events FROM visits WHERE time <= began + INTERVAL 10 MINUTE GROUP BY dst_ip, dst_port
        )
        SELECT a.time, a.events, a.src_ip, a.dst_ip, a.dst_port, date_diff('day', k.since, a.time) AS days FROM answered a JOIN known k ON k.ip = a.dst_ip, heard
        WHERE a.time >= heard.since + INTERVAL 48 HOUR AND a.time >= k.since + INTERVAL 48 HOUR
        QUALIFY COUNT(*) OVER (PARTITION BY a.dst_ip, time_bucket(INTERVAL 1 DAY, a.time) ORDER BY a.time, a.dst_port) <= 3 ORDER BY a.time, a.dst_ip, a.dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"exploited_service": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1571", "T1133"),
    warm_up="Two days of the network and of the machine; a service that is used less often looks new.",
    blind_spots="A door behind a port that was open before.",
)
