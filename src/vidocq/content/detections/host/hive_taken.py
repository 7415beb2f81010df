"""The machine's own account database is written where somebody elsewhere fetches it."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.hive_taken",
    title="{actor_user} has {hives} parts of an account database written over the network",
    why="Accounts and their passwords are three parts of the registry. Backups keep them under their own names in their own place; somebody who has two of them saved to a share within a minute takes them away.",
    of=("smb_activity",),
    sql=r"""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, src_ip, COUNT(DISTINCT hive) AS hives FROM (
            SELECT *, regexp_extract(lower(path), '(?:^|[^a-z-])(sam|system|security)(\.(hive?|save|bak|dat|reg|tmp))?$', 1) AS hive FROM smb_activity
            WHERE host IS NOT NULL AND lower(share) NOT LIKE '%ipc$' AND (TRY_CAST(access AS BIGINT) & 2) = 2 AND NOT regexp_matches(lower(path), '\\config\\regback|\.(exe|dll|log|txt|ini|xml)$'))
        WHERE hive <> '' GROUP BY host, actor_user, src_ip, time_bucket(INTERVAL 1 MINUTE, time) 
            -- Folders are called so too, and have no ending.
            HAVING COUNT(DISTINCT hive) >= 2 AND (bool_or(hive = 'sam') OR bool_or(regexp_matches(path, '\.[A-Za-z]+$'))) ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "src_ip": "ip:source"},
    suggests={"credential_theft": Strength.DAMNING, "something_hostile": Strength.DAMNING, "backup_replication": Strength.NEUTRAL},
    techniques=("T1003.002",),
    severity=4,
    blind_spots="Files under other names.",
)
