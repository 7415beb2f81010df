"""A database, a store or a key to data is deleted that somebody else made."""

from vidocq.behaviour.acting import DOER_OF_CLOUD, ROLE, unmade
from vidocq.model.belief import Detection, Strength

WEIGHTY = "^(ScheduleKeyDeletion|DisableKey|DeleteDB(Instance|Cluster)|DeleteBucket|DeleteTable|DeleteBackup(Vault)?|DeleteRecoveryPoint|DeleteFileSystem)$"

DETECTION = Detection(
    id="cloud.weighty_deletion",
    title="{operation} by {actor_user} on {resource}",
    why="Machines and snapshots come and go by the hour. Databases, buckets and keys are seldom deleted, and who takes down what they built themselves deletes only that.",
    of=("api_activity",),
    sql=unmade(
        ("data destroyed",), f"made = 0 AND status = 'success' AND read_only = FALSE AND regexp_matches(operation, '{WEIGHTY}')", "issuer, resource, service, operation, tool, error", ROLE,
    ),
    entities=DOER_OF_CLOUD,
    suggests={"destruction": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=2,
    blind_spots="Who deletes such things every day is left alone.",
)
