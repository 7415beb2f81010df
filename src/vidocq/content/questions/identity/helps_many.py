"""Does this identity reset passwords and factors for many people, day by day?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

_HELP = "act IN ('password set', 'second factor removed', 'second factor added') AND target_user <> actor_user AND time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="identity.helps_many",
    text="Does this identity reset passwords and factors for many people, day by day?",
    why="A service desk resets for somebody else every day. A thief with an administrator's session does it once, for the one they want.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    measures={"people": distinct("target_user", _HELP), "days": distinct("CAST(time AS DATE)", _HELP)},
    grades={"a desk": "people >= 5 AND days >= 3", "now and then": "people > 0"},
    otherwise="never before",
    means={"a desk": "it has helped many people on several days before", "now and then": "it has helped somebody before", "never before": "it never helped anybody before"},
    speaks={
        "service_desk": {"a desk": Strength.TELLING},
        "identity_persistence": {"a desk": Strength.UNEXPECTED},
        "account_takeover": {"a desk": Strength.UNEXPECTED},
    },
    blind_spots="A desk whose own account is stolen: where it signs in from tells.",
)
