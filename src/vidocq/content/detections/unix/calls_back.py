"""A program on a server calls the address of a visitor."""

from vidocq.behaviour.direction import HOME, outside
from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

SPEAKS_BOTH_WAYS = "20, 22, 25, 53, 80, 123, 443, 465, 587, 853, 993"
"""Ports at which those who visit us are visited by us as well: mail, names, pages, feeds."""
SERVES = "'nginx', 'apache2', 'httpd', 'haproxy', 'envoy', 'traefik', 'caddy', 'squid', 'varnishd', 'sshd'"

DETECTION = Detection(
    id="unix.calls_back",
    title="{program} on {host} calls {dst_ip}:{dst_port}, which had sent requests {minutes} minutes before",
    why="A server answers its visitors; it does not call them at an odd port. A program that does was told to by what came in.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME}, came AS (SELECT src_ip, MIN(time) AS came_at, arg_min(uid, (time, uid)) AS came_uid FROM http_activity WHERE {outside('src_ip')} GROUP BY src_ip),
        calls AS (
            SELECT host, actor_user, process_guid, process, dst_ip, dst_port, MIN(time) AS time, list(uid ORDER BY time, uid)[1:100] AS uids FROM network_activity
            WHERE host IS NOT NULL AND process IS NOT NULL AND {outside('dst_ip')} AND COALESCE(direction, 'outbound') = 'outbound' AND dst_port NOT IN ({SPEAKS_BOTH_WAYS}) AND {name('process')} NOT IN ({SERVES}) GROUP BY ALL
        )
        SELECT c.time, list_concat([v.came_uid], c.uids) AS events, c.host, c.actor_user, c.process_guid, c.dst_ip, c.dst_port, regexp_extract(c.process, '[^/]*$') AS program, CAST(CEIL(date_diff('second', v.came_at, c.time) / 60.0) AS INTEGER) AS minutes
        FROM calls AS c JOIN came AS v ON v.src_ip = c.dst_ip AND c.time BETWEEN v.came_at AND v.came_at + INTERVAL 1 DAY ORDER BY c.time, c.host, c.dst_ip
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "dst_ip": "ip:destination"},
    suggests={"exploited_service": Strength.DAMNING, "c2_channel": Strength.TELLING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "peer_to_peer_media": Strength.EXPECTED},
    techniques=("T1190", "T1571"),
    severity=4,
    blind_spots="A call to another address, or to a port of pages and mail.",
)
