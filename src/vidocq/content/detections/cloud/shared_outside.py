"""Data or a resource is opened to an outsider."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.shared_outside",
    title="{operation} by {actor_user} opens {resource} to {shared_with}",
    why="A snapshot, an image or a bucket that another account may read has left the account without a byte on the wire.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *
            FROM api_activity WHERE act IN ('shared outside')
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, issuer, resource, new_key,
            operation, tool, error, target_user, shared_with
        FROM calls WHERE act IN ('shared outside')
            AND invoked_by IS NULL
    """,
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
    },
    suggests={"cloud_exposure": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="A share with a known partner looks the same until the account is known.",
)
