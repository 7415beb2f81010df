"""Somebody makes a way back in: a key, a trust or a token."""

from vidocq.behaviour.acting import TOLD_OF_CLOUD, done
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="cloud.way_back",
    title="{operation} by {actor_user} for {target_user}",
    why="A key for another identity, a trust in an outsider or a removed second factor outlives the password that is reset.",
    of=("api_activity",),
    sql=done(
        ("key made", "second factor removed", "federated token made", "trust changed"),
        "act <> 'key made' OR (target_user IS NOT NULL AND target_user IS DISTINCT FROM actor_user AND COALESCE(actor_session, '') NOT LIKE '%/' || target_user)",
        TOLD_OF_CLOUD,
    ),
    entities={
        "actor_user": "user:actor",
        "actor_key": "key:credential",
        "src_ip": "ip:source",
        "issuer": "resource:issuer",
        "resource": "resource:target",
        "new_key": "key:issued",
    },
    suggests={"identity_persistence": Strength.TELLING, "something_hostile": Strength.TELLING},
    severity=4,
    blind_spots="A key somebody makes for their own identity.",
)
