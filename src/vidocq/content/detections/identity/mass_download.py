"""A person takes far more files or mails than ever before."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.mass_download",
    title="{actor_user} takes {files} files from {service} within an hour",
    why="Who leaves or has broken in takes everything at once. People take a few; a program that synchronises takes many, every day.",
    of=("api_activity",),
    sql="""
        WITH hours AS (
            SELECT time_bucket(INTERVAL 1 HOUR, time) AS hour, MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, actor_user, src_ip, service,
                COUNT(DISTINCT COALESCE(resource, uid)) AS files
            FROM api_activity WHERE operation IN ('FileDownloaded', 'FileSyncDownloadedFull', 'download', 'source_copy', 'MailItemsAccessed') AND status = 'success' AND actor_user IS NOT NULL
            GROUP BY time_bucket(INTERVAL 1 HOUR, time), actor_user, src_ip, service
        ), compared AS (SELECT *, MAX(files) OVER (PARTITION BY actor_user, service ORDER BY hour RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS most_before FROM hours)
        SELECT time, events, all_events, first_event, actor_user, src_ip, service, files, most_before FROM compared WHERE files >= 100 AND files >= 3 * COALESCE(most_before, 0) ORDER BY time, actor_user, src_ip
    """,
    entities={"actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"exfiltration": Strength.TELLING, "account_takeover": Strength.EXPECTED, "backup_replication": Strength.EXPECTED},
    techniques=("T1530", "T1213.002"),
    severity=3,
    warm_up="A hundred files within an hour.",
    blind_spots="A few files every hour.",
)
