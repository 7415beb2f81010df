"""One machine asks many whether they are there."""

from vidocq.behaviour.direction import everybody, private
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.ping_sweep",
    title="{src_ip} pings {hosts} addresses within ten minutes",
    why="Before doors are tried it is found out which houses stand. Monitoring pings the machines it knows, and these answer.",
    of=("network_activity",),
    sql=f"""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, COUNT(DISTINCT dst_ip) AS hosts, COUNT(DISTINCT CASE WHEN NOT COALESCE(established, FALSE) THEN dst_ip END) AS silent
        FROM network_activity WHERE protocol = 'icmp' AND NOT {everybody('dst_ip')} AND NOT regexp_matches(dst_ip, '^[fF][eE]80') AND {private('src_ip')}
            -- What is printed as a port is the type of the message where the sensor writes it so: an error that is reported (3, 11) asks nothing.
            AND COALESCE(src_port, 8) NOT IN (3, 11)
        GROUP BY src_ip, time_bucket(INTERVAL 10 MINUTE, time) HAVING COUNT(DISTINCT dst_ip) >= 12 AND (
            COUNT(DISTINCT CASE WHEN NOT COALESCE(established, FALSE) THEN dst_ip END) >= 0.5 * COUNT(DISTINCT dst_ip)
            OR COUNT(DISTINCT CASE WHEN {private('dst_ip')} THEN dst_ip END) >= 12 AND COUNT(DISTINCT CASE WHEN NOT COALESCE(established, FALSE) THEN dst_ip END) >= 3)
        ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source"},
    suggests={"scanning": Strength.TELLING, "something_hostile": Strength.TELLING, "vulnerability_scanner": Strength.EXPECTED, "telemetry_poll": Strength.EXPECTED},
    techniques=("T1018",),
    warm_up="Twelve addresses within ten minutes.",
    blind_spots="Discovery by ARP, which flows do not show.",
)
