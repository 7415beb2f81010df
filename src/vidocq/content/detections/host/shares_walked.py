"""Somebody goes through folder after folder of every share, the hidden ones too."""

from vidocq.model.belief import Detection, Strength

FOLDERS, SHARES = 20, 3

DETECTION = Detection(
    id="host.shares_walked",
    title="{actor_user} from {src_ip} goes through {folders} folders in {shares} shares of {host} within ten minutes, hidden ones among them",
    why="People open the folders of their own work. Whoever goes through all of them, and through the shares that are there for administrators, looks for what is worth taking or worth destroying. Backups and indexes go through everything too.",
    of=("smb_activity",),
    sql=rf"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, COUNT(*) AS all_events, host, actor_user, src_ip, COUNT(DISTINCT lower(share) || '\' || lower(path)) AS folders, COUNT(DISTINCT lower(share)) AS shares
        FROM smb_activity WHERE host IS NOT NULL AND lower(share) NOT LIKE '%ipc$' AND lower(share) NOT LIKE '%sysvol' AND path IS NOT NULL AND NOT regexp_matches(path, '\.[A-Za-z0-9]+$') AND (TRY_CAST(access AS BIGINT) & 2) = 0 AND actor_user NOT LIKE '%$'
        GROUP BY host, actor_user, src_ip, time_bucket(INTERVAL 10 MINUTE, time)
        HAVING COUNT(DISTINCT lower(share) || '\' || lower(path)) >= {FOLDERS} AND COUNT(DISTINCT lower(share)) >= {SHARES} AND bool_or(share LIKE '%$') ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"destruction": Strength.EXPECTED, "lateral_movement": Strength.TELLING, "something_hostile": Strength.EXPECTED, "backup_replication": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1135", "T1083"),
    blind_spots="Whoever goes slowly, or knows where to look.",
)
