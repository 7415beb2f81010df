"""Far more leaves for one outside address than comes back."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.upload",
    title="{src_ip} sends {megabytes} MB to {dst_ip} within an hour, and gets {back} MB",
    why="Stolen data leaves in bulk. Most machines fetch far more than they send.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}
        SELECT MAX(time) AS time, list(uid ORDER BY bytes_out DESC NULLS LAST, time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, CAST(ROUND(SUM(bytes_out) / 1e6) AS INTEGER) AS megabytes,
            CAST(ROUND(SUM(bytes_in) / 1e6) AS INTEGER) AS back, mode(dst_port) AS dst_port
        FROM network_activity WHERE {ours('src_ip')} AND {outside('dst_ip')} AND protocol IN ('tcp', 'udp') AND established
        GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time) HAVING SUM(bytes_out) >= 10000000 AND SUM(bytes_out) >= 4 * SUM(bytes_in) ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1041",),
    warm_up="Ten megabytes within an hour.",
    blind_spots="Small thefts, and those spread over many receivers.",
)
