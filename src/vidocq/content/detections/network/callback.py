"""A machine calls an address for the first time after that address came to it."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

TOGETHER = 20
"""A machine that calls so many of its callers in a day is a peer among peers, and no server that was broken into."""

DETECTION = Detection(
    id="network.callback",
    title="{src_ip} calls {dst_ip}:{dst_port}, which had come in on port {in_port} {minutes} minutes before",
    why="A server answers; it does not call its visitors. The one that does was told to by what came in.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, came AS (
            SELECT dst_ip AS ours, src_ip AS theirs, MIN(time) AS came_at, arg_min(uid, (time, uid)) AS came_uid, arg_min(dst_port, (time, uid)) AS in_port FROM network_activity
            WHERE protocol = 'tcp' AND established AND bytes_in > 0 AND bytes_out > 0 AND {outside('src_ip')} AND {ours('dst_ip')} AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)
                AND dst_port NOT IN (20, 25, 53, 113, 123, 179, 500, 853)
            GROUP BY dst_ip, src_ip
        ), calls AS (
            SELECT *, MIN(time) OVER (PARTITION BY src_ip, dst_ip) AS began FROM network_activity WHERE protocol = 'tcp' AND {ours('src_ip')} AND {outside('dst_ip')} AND dst_port NOT IN (20, 25, 53, 113, 123, 179, 500, 853) AND (dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)
        ), called AS (
            SELECT src_ip AS ours, dst_ip AS theirs, began, MAX(time) AS time, list(uid ORDER BY time, uid)[1:100] AS uids, arg_min(dst_port, (time, uid)) AS dst_port FROM calls WHERE time <= began + INTERVAL 10 MINUTE GROUP BY ALL
        ), back AS (
            SELECT time, list_concat([came_uid], uids) AS events, called.ours AS src_ip, called.theirs AS dst_ip, dst_port, in_port, CAST(CEIL(date_diff('second', came_at, began) / 60.0) AS INTEGER) AS minutes
            FROM called JOIN came USING (ours, theirs) WHERE began > came_at AND began <= came_at + INTERVAL 24 HOUR
        )
        SELECT * FROM back QUALIFY COUNT(*) OVER (PARTITION BY src_ip, time_bucket(INTERVAL 1 DAY, time) ORDER BY time) <= {TOGETHER} ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"exploited_service": Strength.TELLING, "c2_channel": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1190", "T1071"),
    severity=4,
    warm_up="None: the order of the first two contacts is enough. An address that was called before the log began looks new.",
    blind_spots="A call to another address than the one that came in.",
)
