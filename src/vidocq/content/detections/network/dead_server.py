"""One outside service is called again and again, and never answers."""

from vidocq.behaviour.direction import HOME, UNANSWERED, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.dead_server",
    title="{src_ip} calls {dst_ip}:{dst_port} {attempts} times within {minutes} minutes, and never gets through",
    why="A bot whose server was taken down keeps calling. A program of honest make slows down, or asks another server of its maker's.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, calls AS (
            SELECT time, uid, src_ip, dst_ip, dst_port, COALESCE(established, FALSE) OR COALESCE(bytes_in, 0) > 80 * GREATEST(COALESCE(packets_in, 2), 1) AS answered, {UNANSWERED} AS failed
            FROM network_activity WHERE protocol = 'tcp' AND {ours('src_ip')} AND {outside('dst_ip')}
        )
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, COUNT(*) AS attempts,
            CAST(CEIL(date_diff('second', MIN(time), MAX(time)) / 60.0) AS INTEGER) AS minutes
        FROM calls WHERE failed
            AND (src_ip, dst_ip, dst_port, time_bucket(INTERVAL 1 HOUR, time)) NOT IN (SELECT (src_ip, dst_ip, dst_port, time_bucket(INTERVAL 1 HOUR, time)) FROM calls WHERE answered AND dst_port IS NOT NULL)
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 1 HOUR, time) HAVING COUNT(*) >= 20 ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.TELLING, "broken_client": Strength.EXPECTED},
    techniques=("T1071", "T1571"),
    warm_up="Twenty calls within an hour.",
    blind_spots="A server that answers, however briefly; a bot that calls seldom.",
)
