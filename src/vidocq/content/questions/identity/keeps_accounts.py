"""Does this identity make and close accounts as people come and go?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

_KEPT = "(act = 'identity made' OR lower(operation) IN ('user.lifecycle.deactivate', 'user.lifecycle.delete.initiated', 'delete user', 'disable account', 'suspend_user', 'delete_user', 'deactivated_user', 'deleted_user')) AND time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="identity.keeps_accounts",
    text="Does this identity make and close accounts as people come and go?",
    why="Personnel come and go all year, and the same few accounts keep the books of it. A single account out of the rhythm is somebody's own.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    measures={"accounts": distinct("target_user", _KEPT), "days": distinct("CAST(time AS DATE)", _KEPT)},
    grades={"keeps the books": "accounts >= 4 AND days >= 3", "now and then": "accounts > 0"},
    otherwise="never before",
    means={"keeps the books": "it has made or closed several accounts on several days before", "now and then": "it has made or closed an account before", "never before": "it never made or closed an account before"},
    speaks={"joiner_or_leaver": {"keeps the books": Strength.TELLING}, "identity_persistence": {"keeps the books": Strength.UNEXPECTED}},
    blind_spots="An account that is made among many.",
)
