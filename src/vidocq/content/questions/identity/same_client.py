"""Does this person sign in with a program or device they have used before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

# A browser tells the machine in brackets; a program its own name. Versions change by the week.
_WHAT = "CASE WHEN client LIKE '%(%' THEN SPLIT_PART(SPLIT_PART(client, '(', 2), ';', 1) ELSE SPLIT_PART(client, '/', 1) END"
_NEAR = "status = 'success' AND client IS NOT NULL AND time >= c.at - INTERVAL '2' HOUR"

QUESTION = Question(
    id="identity.same_client",
    text="Does this person sign in with a program or device they have used before?",
    why="A traveller takes the laptop along; a thief has one of their own. Whoever calls may claim any client, so that a familiar one excuses nobody.",
    of="authentication",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=720),
    measures={
        "now": distinct(_WHAT, _NEAR), "ever": distinct(_WHAT, "client IS NOT NULL AND status = 'success'"),
        "before_now": distinct(_WHAT, "client IS NOT NULL AND status = 'success' AND time < c.at - INTERVAL '2' HOUR"),
    },
    grades={"not told": "now = 0", "nothing to compare": "before_now = 0", "new": "ever > before_now"},
    otherwise="known",
    means={"known": "the client is one the person has used before", "new": "the client is new to the person", "not told": "the log names no client", "nothing to compare": "there is no earlier sign-in to compare with"},
    speaks={"account_takeover": {"new": Strength.EXPECTED}, "mail_takeover": {"new": Strength.EXPECTED}, "travel_new_device": {"new": Strength.EXPECTED}},
    blind_spots="User agents are what the caller says.",
)
