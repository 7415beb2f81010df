"""Many short sessions with a login service, one after the other."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.login_guessing",
    title="{src_ip} opens {sessions} short sessions with the login service {dst_ip}:{dst_port} within ten minutes",
    why="Who tries passwords needs a new session every few tries. A person needs one or two, a program of the owner's knows its password.",
    of=("network_activity",),
    sql="""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, dst_port, COUNT(*) AS sessions, CAST(ROUND(MEDIAN(duration)) AS INTEGER) AS seconds
        FROM network_activity WHERE protocol = 'tcp' AND established AND COALESCE(duration, 0) < 60 AND COALESCE(bytes_in, 0) < 20000 AND COALESCE(bytes_out, 0) < 20000
            AND (dst_port IN (21, 22, 23, 2222, 3389, 5900) OR app IN ('ssh', 'rdp', 'ftp', 'telnet') OR (dst_ip, dst_port) IN (SELECT (dst_ip, dst_port) FROM network_activity WHERE app IN ('ssh', 'rdp', 'ftp')))
        GROUP BY src_ip, dst_ip, dst_port, time_bucket(INTERVAL 10 MINUTE, time) HAVING COUNT(*) >= 12 ORDER BY time, src_ip, dst_ip, dst_port
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"credential_guessing": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1110", "T1021.004"),
    warm_up="Twelve sessions within ten minutes.",
    blind_spots="A patient thief, a few tries an hour from many addresses.",
)
