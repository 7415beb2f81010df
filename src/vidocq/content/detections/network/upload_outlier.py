"""A machine sends far more in an hour than in any hour before."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.upload_outlier",
    title="{src_ip} sends {megabytes} MB to the outside within an hour, {times} times as much as in any of {hours} hours before; most of it to {dst_ip}",
    why="What a machine sends follows its work. A theft stands out against the machine's own past even where another sends as much every day.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, sent AS (
            SELECT src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time) AS b, SUM(bytes_out) AS sent, MAX(time) AS time, list(uid ORDER BY bytes_out DESC NULLS LAST, time, uid)[1:200] AS uids
            FROM network_activity WHERE {ours('src_ip')} AND {outside('dst_ip')} AND protocol IN ('tcp', 'udp') AND established GROUP BY ALL
        ), hours AS (
            SELECT src_ip, b, SUM(sent) AS sent, MAX(sent) AS most, arg_max(dst_ip, (sent, dst_ip)) AS dst_ip, arg_max(time, (sent, dst_ip)) AS time, arg_max(uids, (sent, dst_ip)) AS events FROM sent GROUP BY src_ip, b
        ), past AS (
            SELECT *, COUNT(*) OVER earlier AS hours, MAX(sent) OVER earlier AS peak FROM hours WINDOW earlier AS (PARTITION BY src_ip ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        )
        SELECT time, events, src_ip, dst_ip, CAST(ROUND(sent / 1e6) AS INTEGER) AS megabytes, CAST(FLOOR(sent / GREATEST(peak, 1)) AS INTEGER) AS times, hours
        FROM past WHERE hours >= 24 AND sent >= 5000000 AND sent >= 5 * peak AND most >= 0.6 * sent ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1041",),
    warm_up="Twenty-four hours in which the machine sent something; until then only bulk as such is told.",
    blind_spots="Small thefts; a machine whose work sends as much; many receivers at once.",
)
