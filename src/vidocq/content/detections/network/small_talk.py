"""A conversation of small messages that goes on and on, on a port that is no service's."""

from vidocq.behaviour.direction import HOME, TALKS
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.small_talk",
    title="{src_ip} and {dst_ip}:{dst_port} pass small messages to and fro for {minutes} minutes",
    why="A miner and its pool keep one connection open and pass jobs and results of a few hundred bytes; so does a program that waits for orders. What people use fetches, and is done.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, {TALKS}, lines AS (
            SELECT src_ip, dst_ip, dst_port, src_port, MAX(time) AS time, list(uid ORDER BY time, uid) AS uids, SUM(duration) AS seconds, SUM(bytes_out) AS bytes_out, SUM(bytes_in) AS bytes_in,
                SUM(packets_out) AS packets_out, SUM(packets_in) AS packets_in, BOOL_OR(lower(app) LIKE '%stratum%') AS stratum
            FROM talks WHERE lower(app) LIKE '%stratum%' OR (app IS NULL OR app = 'ssl') AND dst_port NOT IN (22, 23, 25, 110, 143, 179, 443, 465, 587, 853, 989, 990, 993, 995, 1194, 1433, 1521, 1723,
                1883, 1935, 3128, 3306, 3389, 4070, 4500, 5060, 5061, 5222, 5223, 5228, 5229, 5230, 5432, 5671, 5672, 5900, 5938, 6667, 6697, 8080, 8443, 8883)
            GROUP BY src_ip, src_port, dst_ip, dst_port, time_bucket(INTERVAL 1 DAY, time)
        )
        SELECT MAX(time) AS time, flatten(list(uids ORDER BY time, src_port))[1:200] AS events, CAST(SUM(len(uids)) AS BIGINT) AS all_events, MIN(time) AS first_event, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, COUNT(*) AS conversations, CAST(ROUND(SUM(seconds) / 60) AS INTEGER) AS minutes,
            CAST(SUM(bytes_out) AS BIGINT) AS bytes_out, CAST(SUM(bytes_in) AS BIGINT) AS bytes_in, CAST(SUM(packets_out + packets_in) AS BIGINT) AS packets
        FROM lines WHERE stratum OR seconds >= 240 AND bytes_out >= 500 AND bytes_in >= 500 AND bytes_out + bytes_in <= 200 * seconds AND bytes_out <= 20 * bytes_in AND bytes_in <= 20 * bytes_out
            AND (seconds >= 1800 OR bytes_out <= 300 * packets_out AND bytes_in <= 300 * packets_in AND packets_out <= 4 * packets_in AND packets_in <= 4 * packets_out)
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 1 DAY, time) HAVING SUM(seconds) >= 600 OR BOOL_OR(stratum) ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"cryptomining": Strength.TELLING, "c2_channel": Strength.TELLING, "telemetry_poll": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1496", "T1571", "T1095"),
    warm_up="Ten minutes of it with one service in a day.",
    blind_spots="Pools behind the web's own port or a proxy; less than half an hour of it where packets are not counted.",
)
