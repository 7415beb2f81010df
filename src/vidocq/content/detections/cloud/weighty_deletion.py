"""A database, a store or a key to data is deleted that somebody else made."""

from vidocq.behaviour.making import MADE
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.weighty_deletion",
    title="{operation} by {actor_user} on {resource}",
    why="Machines and snapshots come and go by the hour. Databases, buckets and keys are seldom deleted, and who takes down what they built themselves deletes only that.",
    of=("api_activity",),
    sql=f"""
        WITH calls AS (
            SELECT *, {MADE} AS made,
                COUNT(*) OVER (PARTITION BY COALESCE(issuer, actor_user), act ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'data destroyed' OR operation LIKE 'Create%'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, service, operation, tool, error
        FROM calls WHERE act = 'data destroyed' AND invoked_by IS NULL AND earlier < 3 AND made = 0 AND status = 'success' AND read_only = FALSE
            AND regexp_matches(operation, '^(ScheduleKeyDeletion|DisableKey|DeleteDB(Instance|Cluster)|DeleteBucket|DeleteTable|DeleteBackup(Vault)?|DeleteRecoveryPoint|DeleteFileSystem)$')
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"},
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who deletes such things every day is left alone.",
)
