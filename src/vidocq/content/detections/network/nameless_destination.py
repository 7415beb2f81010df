"""One machine, and it alone, keeps calling an address that no name led it to and that was not called before."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

TOGETHER = 3

DETECTION = Detection(
    id="network.nameless_destination",
    title="{src_ip} alone calls {dst_ip}:{dst_port}, {flows} times in {hours} hours; no name led there, and it is new",
    why="What people and programs use has a name, which is asked for first, and mostly others use it too. An address that stands in one program on one machine was written there by its maker.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, heard AS (SELECT MIN(time) AS since FROM network_activity),
        named AS (SELECT ip, MIN(time) AS since FROM (SELECT answer_ip AS ip, time FROM dns_activity UNION ALL SELECT dst_ip, time FROM http_activity WHERE host IS NOT NULL AND NOT COALESCE(host_is_ip, FALSE)
            UNION ALL SELECT dst_ip, time FROM tls_activity WHERE server_name IS NOT NULL) WHERE ip IS NOT NULL GROUP BY ip),
        met AS (SELECT src_ip, dst_ip, MIN(time) AS since FROM network_activity WHERE {ours('src_ip')} AND {outside('dst_ip')} GROUP BY src_ip, dst_ip),
        days AS (
            SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, mode(dst_port) AS dst_port, COUNT(*) AS flows, COUNT(DISTINCT time_bucket(INTERVAL 1 HOUR, time)) AS hours
            FROM network_activity WHERE protocol = 'tcp' AND established AND {ours('src_ip')} AND {outside('dst_ip')}
            GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 DAY, time) HAVING COUNT(*) >= 6 AND COUNT(DISTINCT time_bucket(INTERVAL 1 HOUR, time)) >= 2
        ), lonely AS (
            SELECT d.* FROM days d JOIN met m USING (src_ip, dst_ip), heard WHERE m.since >= heard.since + INTERVAL 48 HOUR AND d.time < m.since + INTERVAL 24 HOUR
                AND NOT EXISTS (SELECT 1 FROM named n WHERE n.ip = d.dst_ip AND n.since <= d.time) AND NOT EXISTS (SELECT 1 FROM met o WHERE o.dst_ip = d.dst_ip AND o.src_ip <> d.src_ip AND o.since <= d.time)
        )
        -- Without lookups to compare with, every address is nameless.
        SELECT * FROM lonely WHERE (SELECT COUNT(*) FROM named n WHERE n.since <= lonely.time) >= 100
        QUALIFY ROW_NUMBER() OVER (PARTITION BY src_ip, time_bucket(INTERVAL 1 DAY, time) ORDER BY flows DESC, dst_ip) <= {TOGETHER} ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"c2_channel": Strength.TELLING, "something_hostile": Strength.EXPECTED, "telemetry_poll": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1071", "T1095"),
    warm_up="Two days of the network, a hundred answers to lookups, six contacts in two different hours.",
    blind_spots="Lookups that are encrypted or heard elsewhere; servers with names.",
)
