"""One machine tries one port of many."""

from vidocq.behaviour.direction import UNANSWERED, everybody
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.host_sweep",
    title="{src_ip} tries port {dst_port} of {hosts} machines, {failed} of them in vain",
    why="A worm, a bot that spreads and a thief inside look for one open door at machine after machine. Most of what they try is shut.",
    of=("network_activity",),
    sql=f"""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_port, COUNT(DISTINCT dst_ip) AS hosts,
            COUNT(DISTINCT CASE WHEN {UNANSWERED} THEN dst_ip END) AS failed
        FROM network_activity WHERE protocol = 'tcp' AND NOT {everybody('dst_ip')} AND dst_port IS NOT NULL
        GROUP BY src_ip, dst_port, time_bucket(INTERVAL 1 HOUR, time)
        HAVING COUNT(DISTINCT dst_ip) >= 15 AND COUNT(DISTINCT CASE WHEN {UNANSWERED} THEN dst_ip END) >= GREATEST(8, 0.4 * COUNT(DISTINCT dst_ip))
        ORDER BY time, src_ip, dst_port
    """,
    entities={"src_ip": "ip:source"},
    suggests={"scanning": Strength.TELLING, "something_hostile": Strength.TELLING, "vulnerability_scanner": Strength.EXPECTED, "internet_noise": Strength.EXPECTED},
    techniques=("T1046",),
    warm_up="Fifteen machines within an hour.",
    blind_spots="A patient sweep; machines that all answer.",
)
