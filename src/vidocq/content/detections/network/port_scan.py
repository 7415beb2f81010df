"""One machine tries many ports of another."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.port_scan",
    title="{src_ip} tries {ports} ports of {dst_ip}, {failed} of them in vain",
    why="Who wants to know what a machine offers tries one port after the other. Ordinary clients know the port they want.",
    of=("network_activity",),
    sql="""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, COUNT(DISTINCT dst_port) AS ports,
            COUNT(DISTINCT CASE WHEN NOT COALESCE(established, FALSE) THEN dst_port END) AS failed
        FROM network_activity WHERE protocol = 'tcp' AND src_ip <> dst_ip AND dst_port IS NOT NULL AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)
            AND COALESCE(state, '') NOT IN ('SHR', 'RSTRH')
        GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time)
        HAVING COUNT(DISTINCT dst_port) >= 15 AND COUNT(DISTINCT CASE WHEN NOT COALESCE(established, FALSE) THEN dst_port END) >= 0.6 * COUNT(DISTINCT dst_port)
        ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"scanning": Strength.TELLING, "something_hostile": Strength.TELLING, "vulnerability_scanner": Strength.EXPECTED, "internet_noise": Strength.EXPECTED},
    techniques=("T1046",),
    warm_up="Fifteen ports within an hour.",
    blind_spots="A patient scan, a few ports a day.",
)
