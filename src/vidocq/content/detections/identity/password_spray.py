"""One address tries a few passwords on many accounts."""

from vidocq.behaviour.signing_in import one_try
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="identity.password_spray",
    title="{src_ip} fails to sign in as {accounts} people within an hour",
    why="Who tries one password on everybody locks nobody out. Colleagues behind one gateway mistype too, but most of them get in.",
    of=("authentication",),
    sql=f"""
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, service,
            COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END) AS accounts, COUNT(DISTINCT CASE WHEN status = 'success' THEN actor_user END) AS let_in
        FROM authentication WHERE src_ip IS NOT NULL AND actor_user IS NOT NULL AND dst_ip IS NULL AND host IS NULL
        GROUP BY src_ip, service, time_bucket(INTERVAL 1 HOUR, time)
        HAVING COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END) >= 8 AND COUNT(DISTINCT CASE WHEN status = 'failure' THEN {one_try()} END) <= 6 * COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END)
            AND COUNT(DISTINCT CASE WHEN status = 'failure' THEN actor_user END) >= 3 * COUNT(DISTINCT CASE WHEN status = 'success' THEN actor_user END)
        ORDER BY time, src_ip, service
    """,
    entities={"src_ip": "ip:source"},
    suggests={"credential_guessing": Strength.TELLING, "something_hostile": Strength.EXPECTED, "internet_noise": Strength.EXPECTED, "broken_client": Strength.EXPECTED},
    techniques=("T1110.003",),
    severity=3,
    warm_up="Eight people within an hour.",
    blind_spots="One try an hour, or every try from another address.",
)
