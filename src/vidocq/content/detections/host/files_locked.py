"""File after file on a share is written under its own name with one more ending, and itself deleted."""

from vidocq.model.belief import Detection, Strength

MANY = 50
"""Files within ten minutes: more than a person renames."""
PACKED = r"^(gz|zip|7z|xz|bz2|zst|rar|tar|bak|old|orig|tmp|part|crdownload|lnk)$"
"""Endings that packers, editors and downloads add to a whole name."""

DETECTION = Detection(
    id="host.files_locked",
    title="{actor_user} from {src_ip} gives {files} files on {host} the ending .{ending} within ten minutes, and deletes what they were",
    why="Programs save under the same name, and packers under their own endings. One strange ending on everything, with the readable file gone, is how files are locked for ransom.",
    of=("smb_activity",),
    sql=rf"""
        WITH written AS (
            SELECT host, actor_user, src_ip, lower(share) AS share, lower(regexp_replace(path, '\.[^.\\]+$', '')) AS was, lower(regexp_extract(path, '\.([^.\\]+)$', 1)) AS ending, time, uid FROM smb_activity
            WHERE host IS NOT NULL AND path IS NOT NULL AND (TRY_CAST(access AS BIGINT) & 2) = 2 AND regexp_matches(path, '\.[^.\\]+\.[^.\\]+$')
        ), gone AS (SELECT host, actor_user, lower(share) AS share, lower(path) AS was, time, uid FROM smb_activity WHERE host IS NOT NULL AND (TRY_CAST(access AS BIGINT) & 65536) = 65536)
        SELECT MIN(w.time) AS time, list(w.uid ORDER BY w.time, w.uid)[1:50] AS events, COUNT(*) AS all_events, w.host, w.actor_user, w.src_ip, w.ending, COUNT(DISTINCT w.was) AS files
        FROM written AS w WHERE NOT regexp_matches(w.ending, '{PACKED}') AND EXISTS (
            SELECT 1 FROM gone AS g WHERE g.host = w.host AND g.actor_user = w.actor_user AND g.share = w.share AND g.was = w.was AND g.time BETWEEN w.time - INTERVAL 1 MINUTE AND w.time + INTERVAL 1 MINUTE)
        GROUP BY w.host, w.actor_user, w.src_ip, w.ending, time_bucket(INTERVAL 10 MINUTE, w.time) HAVING COUNT(DISTINCT w.was) >= {MANY} ORDER BY time, w.host, w.ending
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"destruction": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL, "backup_replication": Strength.NEUTRAL},
    techniques=("T1486",),
    severity=5,
    blind_spots="Files that are locked under their own names; shares of which nobody records each file.",
)
