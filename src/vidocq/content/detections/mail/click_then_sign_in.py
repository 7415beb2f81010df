"""A person follows a link of a message, and within the hour somebody signs in as them from a network they never used."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="mail.click_then_sign_in",
    title="{actor_user} followed a link of a message to {host}, and was signed in from {src_ip} {minutes} minutes later",
    why="A page that stands between a person and their service signs in at once, from its own network. A person who follows a link and signs in does so from where they sit, or from a network of theirs.",
    of=("http_activity", "authentication"),
    sql="""
        WITH clicks AS (SELECT time, uid, lower(actor_user) AS who, src_ip, host FROM http_activity WHERE actor_user LIKE '%@%' AND referrer IS NOT NULL AND host IS NOT NULL),
        visited AS (SELECT host, MIN(time) AS born FROM http_activity GROUP BY host),
        signs AS (
            SELECT s.time, s.uid, lower(s.actor_user) AS who, s.actor_user, s.src_ip, s.service, COALESCE(CAST(a.asn AS VARCHAR), s.src_ip) AS network
            FROM authentication AS s LEFT JOIN address AS a ON a.ip = s.src_ip
            WHERE s.status = 'success' AND s.src_ip IS NOT NULL AND s.dst_ip IS NULL AND s.host IS NULL AND COALESCE(s.logon_type, 'person') NOT IN ('application', 'program') AND NOT COALESCE(a.internal, FALSE)
        ), known AS (SELECT who, MIN(time) AS since FROM signs GROUP BY who),
        near AS (
            SELECT s.time, s.uid, s.actor_user, s.src_ip, s.service, s.network, s.who, c.uid AS click, c.host, c.time AS clicked
            FROM clicks AS c JOIN visited AS v ON v.host = c.host JOIN signs AS s ON s.who = c.who AND s.time BETWEEN c.time AND c.time + INTERVAL 1 HOUR JOIN known AS k ON k.who = s.who
            WHERE s.src_ip IS DISTINCT FROM c.src_ip AND v.born > c.time - INTERVAL 72 HOUR AND k.since < c.time - INTERVAL 24 HOUR
        )
        SELECT n.time, [n.click, n.uid] AS events, n.actor_user, n.src_ip, n.host, n.service, date_diff('minute', n.clicked, n.time) AS minutes
        FROM near AS n
        WHERE NOT EXISTS (SELECT 1 FROM signs AS e WHERE e.network = n.network AND e.time < n.clicked)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY n.who, n.host, n.src_ip ORDER BY n.time, n.uid) = 1 ORDER BY n.time, n.uid
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source", "host": "domain:link"},
    suggests={"phishing": Strength.DAMNING, "account_takeover": Strength.TELLING, "something_hostile": Strength.TELLING, "travel_new_device": Strength.EXPECTED},
    techniques=("T1566.002", "T1557", "T1078.004"),
    severity=5,
    warm_up="A day of the person's sign-ins.",
    blind_spots="Links that no product of ours counts; a thief who waits, or comes from a network others here use.",
)
