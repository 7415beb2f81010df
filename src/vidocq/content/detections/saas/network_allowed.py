"""Who may come in from where is changed."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="saas.network_allowed",
    title="{operation} by {actor_user} in {service}",
    why="A list of allowed addresses keeps a stolen password useless elsewhere. Whoever stole one widens the list, or turns it off.",
    of=("api_activity",),
    sql="""
        WITH calls AS (
            SELECT *, COUNT(*) OVER (PARTITION BY actor_user, act, service, src_ip ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING
                AND INTERVAL 12 HOUR PRECEDING) AS earlier
            FROM api_activity WHERE act = 'network allowed'
        )
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, tool, error,
            target_user, shared_with
        FROM calls WHERE invoked_by IS NULL AND earlier < 3
    """,
    entities={"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"},
    suggests={"defence_impairment": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="A list that is narrowed looks the same where the record does not hold the list.",
)
