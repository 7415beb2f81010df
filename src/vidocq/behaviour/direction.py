"""Which end of a conversation is ours, in SQL for detections: private addresses, and public ones that behave as a machine of this network."""

from __future__ import annotations

HOME_PEERS = 5
"""The sensor stands at our door. A public address that has opened conversations with so many other public addresses sits on our side of it: a
stranger is only seen talking to us."""


def private(column: str) -> str:
    """Whether an address is of a range that is never routed, or is what a cloud answers its own machines on.

    168.63.129.16 is in every virtual network of Azure, and reached nowhere else (learn.microsoft.com, "What is IP address 168.63.129.16?"): names,
    leases and health, as 169.254.169.254 is with others.
    """
    return f"regexp_matches({column}, '^(168\\.63\\.129\\.16$|10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|169\\.254\\.|127\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|::1$|[fF][eE][89aAbB]|[fF][cCdD][0-9a-fA-F]{{0,2}}:)')"


def private_plain(column: str) -> str:
    """Whether an IPv4 address is of a private range, in words every store knows: questions are asked of stores without DuckDB's functions.

    Text is compared, not numbers: between `172.16.` and `172.32.` lie also `172.2.` and `172.200.`, so the second part must have two digits.
    """
    return f"({column} = '168.63.129.16' OR {column} LIKE '10.%' OR {column} LIKE '192.168.%' OR ({column} >= '172.16.' AND {column} < '172.32.' AND {column} LIKE '172.__.%'))"


def everybody(column: str) -> str:
    """Whether an address is a group's or a broadcast: nobody in particular is meant."""
    return f"regexp_matches({column}, '^(22[4-9]\\.|23[0-9]\\.|255\\.255\\.255\\.255$|0\\.|[fF][fF][0-9a-fA-F]{{0,2}}:|::$)|\\.255$')"


HOME_FLOWS, HOME_SHARE = 20, 0.9
"""Or it opens nearly all there is to hear: the sensor stands beside it."""


HOME = f"""home AS (SELECT src_ip AS ip FROM network_activity WHERE established AND NOT {private('src_ip')} AND NOT {private('dst_ip')} AND NOT {everybody('dst_ip')}
    GROUP BY src_ip HAVING COUNT(DISTINCT dst_ip) >= {HOME_PEERS} OR COUNT(*) >= {HOME_FLOWS} AND COUNT(*) >= {HOME_SHARE} * (SELECT COUNT(*) FROM network_activity))"""
"""A table `home(ip)` for a WITH clause: the public addresses that are ours."""


def ours(column: str) -> str:
    """Whether an address is one of ours; needs `home`."""
    return f"({private(column)} OR {column} IN (SELECT ip FROM home))"


def outside(column: str) -> str:
    """Whether an address is one machine's of the world outside; needs `home`."""
    return f"({column} IS NOT NULL AND NOT {private(column)} AND NOT {everybody(column)} AND {column} NOT IN (SELECT ip FROM home))"


UNANSWERED = """(protocol = 'tcp' AND NOT COALESCE(established, FALSE) AND COALESCE(state, '') NOT IN ('OTH', 'SHR', 'RSTRH')
    AND COALESCE(bytes_out, 0) <= 80 * GREATEST(COALESCE(packets_out, 1), 1) AND COALESCE(bytes_in, 0) <= 80 * GREATEST(COALESCE(packets_in, 2), 1))"""
"""A TCP connection that was refused or met silence. Some formats count headers: eighty bytes a packet hold no word. A record that begins in the
middle of a conversation is none."""


TALKS = f"""talks AS (
    SELECT time, uid, src_ip, src_port, dst_ip, dst_port, app, duration, bytes_out, bytes_in, packets_out, packets_in FROM network_activity
        WHERE protocol = 'tcp' AND established AND {ours('src_ip')} AND {outside('dst_ip')}
    UNION ALL SELECT time, uid, dst_ip, dst_port, src_ip, src_port, app, duration, bytes_in, bytes_out, packets_in, packets_out FROM network_activity AS later
        WHERE protocol = 'tcp' AND {outside('src_ip')} AND {ours('dst_ip')} AND EXISTS (
            SELECT 1 FROM network_activity AS begun WHERE begun.protocol = 'tcp' AND begun.src_ip = later.dst_ip AND begun.src_port = later.dst_port
                AND begun.dst_ip = later.src_ip AND begun.dst_port = later.src_port AND begun.time < later.time))"""
"""A table `talks` for a WITH clause, after `home`: conversations that ours opened with the outside. A sensor that lost patience during a pause writes
the rest of a conversation as one that the other end opened, from the service's port to ours; here it is turned round again."""

CONTACTS = f"""contacts AS (
    SELECT time, uid, src_ip, dst_ip, dst_port, CAST(NULL AS VARCHAR) AS domain FROM network_activity
        WHERE established AND protocol IN ('tcp', 'udp') AND dst_port NOT IN (53, 67, 123, 137, 138, 547, 853, 1900, 5353, 5355) AND COALESCE(app, '') <> 'dns'
            -- Where one id runs through all logs, the log that knows the name speaks for the conversation.
            AND uid NOT IN (SELECT uid FROM http_activity WHERE uid IS NOT NULL UNION ALL SELECT uid FROM tls_activity WHERE uid IS NOT NULL)
    UNION ALL SELECT time, uid, src_ip, dst_ip, dst_port, CASE WHEN host_is_ip THEN NULL ELSE host END FROM http_activity
    UNION ALL SELECT time, uid, src_ip, dst_ip, dst_port, server_name FROM tls_activity
), called AS (
    SELECT time, uid, src_ip, dst_port, domain, CASE WHEN domain IS NULL THEN dst_ip END AS address, dst_ip FROM contacts WHERE {ours('src_ip')} AND {outside('dst_ip')}
)"""
"""A table `called` for a WITH clause, after `home`: every contact of ours with an outside service, by its name where one is known, else by its address."""


def series(span: str, least: int, room: int) -> str:
    """SQL: the contacts of every machine with one service within each `span`, where there are at least so many; at most `room` moments of them."""
    return f"""WITH {HOME}, {CONTACTS}
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, arg_max(dst_ip, (time, uid)) AS dst_ip, domain, dst_port, list(epoch_us(time) ORDER BY time, uid)[1:{room}] AS moments
        FROM called GROUP BY src_ip, domain, address, dst_port, time_bucket(INTERVAL {span}, time) HAVING COUNT(*) >= {least} ORDER BY time, src_ip, dst_ip, domain, dst_port"""
