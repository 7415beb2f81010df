"""An account that is no machine asks the directory for everybody's secrets, or is given the right to."""

from vidocq.model.belief import Detection, Strength

RIGHTS = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2|1131f6ad-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c"
"""DS-Replication-Get-Changes, -All, -In-Filtered-Set. Source: learn.microsoft.com, "Control Access Rights"."""

DETECTION = Detection(
    id="host.directory_replication",
    title="{actor_user} uses or hands out the right to replicate the directory on {host}",
    why="Domain controllers copy the directory, secrets included, from each other under their machine accounts. A person or a service that does the same takes every password of the domain.",
    of=("entity_management",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, object, operation FROM entity_management
        WHERE regexp_matches(lower(properties), '{RIGHTS}') AND actor_user NOT LIKE '%$' AND actor_user NOT LIKE '%$@%' ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"credential_theft": Strength.DAMNING, "privilege_escalation": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    techniques=("T1003.006",),
    severity=5,
    blind_spots="Synchronisation with a directory in the cloud replicates under an account of its own; directories that are not audited.",
)
