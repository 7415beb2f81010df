"""Day after day a little leaves one machine for one outside address that gives nothing back."""

from vidocq.behaviour.direction import HOME, ours, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.daily_upload",
    title="On {days} days {src_ip} sent {dst_ip} something, {megabytes} MB in all, and got {back} MB; no other machine here talks to it",
    why="Who wants to stay unseen takes a little each day. Hour by hour it is nothing; over days it is always the same direction, to a place that only this machine knows and that has not always been there.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, talk AS (
            SELECT src_ip, dst_ip, time_bucket(INTERVAL 1 DAY, time) AS day, SUM(bytes_out) AS sent, SUM(bytes_in) AS got, MAX(time) AS time, MIN(time) AS first_event, COUNT(*) AS flows,
                list(uid ORDER BY bytes_out DESC NULLS LAST, time, uid)[1:20] AS uids
            FROM network_activity WHERE {ours('src_ip')} AND {outside('dst_ip')} AND protocol IN ('tcp', 'udp') AND established GROUP BY ALL
        ), shared AS (SELECT dst_ip, MIN(day) AS known_since FROM talk GROUP BY dst_ip HAVING COUNT(DISTINCT src_ip) = 1
        ), log AS (SELECT MIN(day) AS begins FROM talk
        ), out AS (
            SELECT t.*, COUNT(*) OVER w AS days, SUM(sent) OVER w AS all_sent, SUM(got) OVER w AS all_got, SUM(flows) OVER w AS all_events, MIN(first_event) OVER w AS begun, flatten(list(uids ORDER BY day) OVER w)[1:200] AS events
            FROM talk t JOIN shared USING (dst_ip), log WHERE sent >= 1000000 AND sent >= 5 * got AND known_since > begins
            WINDOW w AS (PARTITION BY src_ip, dst_ip ORDER BY day RANGE BETWEEN INTERVAL 14 DAY PRECEDING AND CURRENT ROW)
        )
        SELECT time, events, all_events, begun AS first_event, src_ip, dst_ip, days, CAST(ROUND(all_sent / 1e6) AS INTEGER) AS megabytes, CAST(ROUND(all_got / 1e6) AS INTEGER) AS back
        FROM out WHERE days IN (5, 8) AND all_sent >= 15000000 ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"exfiltration": Strength.TELLING, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED},
    techniques=("T1041", "T1029", "T1030"),
    severity=3,
    warm_up="Five days with a megabyte or more each, fifteen in all.",
    blind_spots="A receiver that moves from address to address; one behind a content network; a machine whose own backup was begun in the meantime.",
)
