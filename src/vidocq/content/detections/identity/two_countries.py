"""A person signs in from two countries within an hour."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.two_countries",
    title="{actor_user} signs in from {country} {minutes} minutes after {country_before}",
    why="Nobody travels from one country to another within the hour, save over a border. A gateway, a VPN or a rented machine abroad does it for its users, every day.",
    of=("authentication",),
    sql="""
        WITH signs AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, a.country,
                LAG(a.country) OVER before AS country_before, LAG(s.time) OVER before AS time_before, LAG(s.uid) OVER before AS uid_before, LAG(s.src_ip) OVER before AS src_ip_before,
                COUNT(*) OVER (PARTITION BY s.actor_user, a.country ORDER BY s.time RANGE BETWEEN INTERVAL 720 HOUR PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS seen_there
            FROM authentication s JOIN address a ON a.ip = s.src_ip
            WHERE s.status = 'success' AND s.actor_user IS NOT NULL AND s.dst_ip IS NULL AND s.host IS NULL AND a.country IS NOT NULL AND COALESCE(a.vpn, 'none') = 'none' AND NOT COALESCE(a.internal, FALSE)
                AND NOT COALESCE(a.hosting, FALSE) AND COALESCE(a.cloud, 'none') = 'none' AND COALESCE(s.logon_type, 'person') NOT IN ('application', 'program')
            WINDOW before AS (PARTITION BY s.actor_user ORDER BY s.time, s.uid)
        ), first_there AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY actor_user, country, CAST(time AS DATE) ORDER BY time, uid) AS nth FROM signs
        )
        SELECT time, [uid_before, uid] AS events, actor_user, src_ip, service, country, country_before, src_ip_before, date_diff('minute', time_before, time) AS minutes
        FROM first_there WHERE country <> country_before AND time - time_before <= INTERVAL 1 HOUR AND seen_there = 0 AND nth = 1
            AND actor_user NOT IN (SELECT actor_user FROM signs WHERE country <> country_before AND time - time_before <= INTERVAL 1 HOUR GROUP BY actor_user HAVING COUNT(DISTINCT CAST(time AS DATE)) >= 3)
        ORDER BY time, uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"account_takeover": Strength.TELLING, "travel_new_device": Strength.EXPECTED},
    techniques=("T1078.004",),
    severity=3,
    warm_up="Two sign-ins.",
    blind_spots="People who live at a border; tables of countries err for telephones.",
)
