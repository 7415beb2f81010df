"""A person reads the key that protects the signing keys of the federation service."""

from vidocq.model.belief import Detection, Strength

# The class `contact` and its attribute `thumbnailPhoto`, as the schema of every forest has them: the container keeps the key there.
_CONTACT, _PHOTO = "5cb41ed0-0e4c-11d0-a286-00aa003049e2", "8d3bca50-1d7e-11d0-a081-00aa006c33ed"

DETECTION = Detection(
    id="identity.signing_key_read",
    title="{actor_user} reads the key container of the federation service",
    why="With this key and a copy of the service's configuration anybody can sign tokens for everybody. The service's own account reads it, as it always has; no person has a reason to.",
    of=("entity_management",),
    sql=f"""
        WITH reads AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier FROM entity_management
            WHERE operation = 'access' AND actor_user IS NOT NULL AND (lower(object) LIKE '%cn=adfs,cn=microsoft,cn=program data,%' OR (lower(object_type) LIKE '%contact%' OR lower(object_type) LIKE '%{_CONTACT}%') AND lower(properties) LIKE '%{_PHOTO}%')
        )
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, host, actor_user, COUNT(*) AS times FROM reads
        -- Machines and managed service accounts end so: one of them is the service itself.
        WHERE earlier = 0 AND NOT split_part(actor_user, '@', 1) LIKE '%$' GROUP BY host, actor_user, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, actor_user
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"credential_theft": Strength.DAMNING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1552.004", "T1606.002"),
    severity=5,
    warm_up="Auditing of the container; a read of twelve hours before makes a habit.",
    blind_spots="Who acts as the service's account or as a machine; photographs of contacts read one by one on a domain controller that audits them.",
)
