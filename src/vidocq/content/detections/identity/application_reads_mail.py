"""An application that a person let in brings their mail away from where nobody of the house ever was."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.application_reads_mail",
    title="{application}, let in by {actor_user}, reads {mails} of their mails from {src_ip}",
    why="Who lures somebody into a consent comes back at once, from a machine of their own, and takes the mailbox. An application of the house is let in by an administrator for everybody, and has read mail before.",
    of=("api_activity",),
    sql="""
        WITH consents AS (
            -- A consent that a person gives for themselves; an administrator who speaks for everybody says so.
            SELECT actor_user, time, uid, resource FROM api_activity
            WHERE act = 'consent granted' AND status = 'success' AND actor_user IS NOT NULL AND NOT regexp_matches(lower(COALESCE(detail, '')), 'allprincipals|"consentcontext\\.(isadminconsent|onbehalfofall)":"?true')
        ), reads AS (
            SELECT time, uid, actor_user, src_ip, regexp_extract(lower(detail), '"clientappid":"([^"]+)"', 1) AS client, COALESCE(TRY_CAST(regexp_extract(lower(detail), '"operationcount":"?([0-9]+)', 1) AS BIGINT), 1) AS many
            FROM api_activity WHERE operation = 'MailItemsAccessed' AND status = 'success' AND src_ip IS NOT NULL AND actor_user IS NOT NULL
        ), clients AS (SELECT client, MIN(time) AS born FROM reads WHERE client <> '' GROUP BY client),
        seen AS (SELECT src_ip, MIN(time) AS born FROM api_activity WHERE src_ip IS NOT NULL AND status = 'success' GROUP BY src_ip),
        found AS (
            SELECT r.time, r.uid, r.actor_user, r.src_ip, r.client, c.uid AS consent, c.time AS consented, c.resource, SUM(r.many) OVER taken AS mails
            FROM reads r JOIN consents c ON c.actor_user = r.actor_user AND r.time > c.time AND r.time <= c.time + INTERVAL 72 HOUR
                JOIN clients k ON k.client = r.client AND k.born > c.time JOIN seen s ON s.src_ip = r.src_ip AND s.born > c.time
            WINDOW taken AS (PARTITION BY r.actor_user, r.client, r.src_ip, c.uid ORDER BY r.time, r.uid ROWS UNBOUNDED PRECEDING)
        )
        SELECT MIN(CASE WHEN mails >= 100 THEN time END) AS time, list_concat(list(DISTINCT consent ORDER BY consent), list(DISTINCT uid ORDER BY uid)[1:150]) AS events, actor_user, src_ip, client,
            arg_max(resource, consented) AS application, MAX(mails) AS mails
        FROM found GROUP BY actor_user, src_ip, client HAVING MAX(mails) >= 100 ORDER BY time, actor_user, src_ip
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"consent_phishing": Strength.DAMNING, "mail_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING},
    techniques=("T1528", "T1114.002", "T1550.001"),
    severity=4,
    warm_up="A hundred mails within three days of the consent.",
    blind_spots="A mail program that keeps its users' mail with its maker looks alike; logs that do not name the application that reads.",
)
