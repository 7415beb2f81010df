"""The same request goes to several places at once, over and over."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.same_request_everywhere",
    title="{src_ip} sends the same request to {places} places at once, {volleys} times within an hour",
    why="A program whose orders must arrive asks a whole list of public servers the same thing in parallel, so that none can be taken from it. A page asks each of its servers for something else.",
    of=("network_activity", "http_activity"),
    sql=f"""
        WITH {HOME}, asked AS (
            -- Of one size within four in a hundred; less than a TLS greeting holds is no request.
            SELECT time, uid, src_ip, dst_ip, CAST(ROUND(LN(bytes_out) * 25) AS VARCHAR) AS request FROM network_activity WHERE protocol = 'tcp' AND established AND bytes_out >= 600 AND {ours('src_ip')} AND {outside('dst_ip')}
            UNION ALL SELECT time, uid, src_ip, dst_ip, concat_ws(' ', method, url, CAST(bytes_out AS VARCHAR)) FROM http_activity WHERE method = 'POST' AND {ours('src_ip')} AND {outside('dst_ip')}
        ), volleys AS (
            SELECT src_ip, request, time_bucket(INTERVAL 3 SECOND, time) AS b, MAX(time) AS time, COUNT(DISTINCT dst_ip) AS places, list(uid ORDER BY time, uid)[1:12] AS uids FROM asked GROUP BY ALL HAVING COUNT(DISTINCT dst_ip) >= 4
        )
        SELECT MAX(time) AS time, flatten(list(uids ORDER BY time, request))[1:200] AS events, src_ip, COUNT(DISTINCT b) AS volleys, MAX(places) AS places
        FROM volleys GROUP BY src_ip, time_bucket(INTERVAL 1 HOUR, time) HAVING COUNT(DISTINCT b) >= 12 ORDER BY time, src_ip
    """,
    entities={"src_ip": "ip:source"},
    suggests={"c2_blockchain": Strength.TELLING, "something_hostile": Strength.EXPECTED, "blockchain_node": Strength.EXPECTED, "telemetry_poll": Strength.EXPECTED},
    techniques=("T1102", "T1568"),
    warm_up="Twelve volleys within an hour.",
    blind_spots="A list that is asked in turn.",
)
