"""One identity reads a great many objects of one store within an hour."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.store_copied",
    title="{doer} reads {objects} objects of {store} within an hour, where it read {before} before",
    why="Who leaves, or has broken in, takes a store whole. Programs read what they are asked for, or the whole of it day after day.",
    of=("api_activity",),
    # Sessions of one role are one doer: a job has a new session each night.
    sql="""
        WITH reads AS (
            SELECT time, uid, actor_user, actor_key, src_ip, issuer, tool, resource, COALESCE(issuer, actor_user) AS doer, regexp_extract(resource, '^arn:aws[a-z-]*:s3:::([^/]+)/', 1) AS store
            FROM api_activity WHERE service = 's3' AND operation = 'GetObject' AND status = 'success' AND invoked_by IS NULL AND resource IS NOT NULL
        ), hours AS (
            SELECT doer, store, time_bucket(INTERVAL 1 HOUR, time) AS hour, MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, COUNT(DISTINCT resource) AS objects,
                arg_max(actor_user, (time, uid)) AS actor_user, arg_max(actor_key, (time, uid)) AS actor_key, arg_max(src_ip, (time, uid)) AS src_ip, ANY_VALUE(issuer) AS issuer, MIN(tool) AS tool
            FROM reads WHERE store <> '' GROUP BY doer, store, hour
        ), compared AS (SELECT *, COALESCE(MAX(objects) OVER (PARTITION BY doer, store ORDER BY hour RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING), 0) AS before FROM hours), trail AS (SELECT MIN(time) AS begins FROM api_activity)
        SELECT time, events, all_events, first_event, doer, store, objects, before, actor_user, actor_key, src_ip, issuer, tool FROM compared, trail WHERE time - begins >= INTERVAL 24 HOUR AND objects >= 200 AND objects >= 3 * before ORDER BY time, doer, store
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "store": "resource:target"},
    suggests={
        "insider_misuse": Strength.TELLING, "cloud_exposure": Strength.EXPECTED, "account_takeover": Strength.EXPECTED, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED,
        "administration_by_code": Strength.EXPECTED,
    },
    techniques=("T1530",),
    severity=3,
    warm_up="A day of the trail, so that there is something to compare with; then two hundred objects within an hour.",
    blind_spots="Trails without data events; a store that is copied slowly, or object by object through many identities.",
)
