"""Did the identity sign in to the console without a second factor?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="cloud.sign_in_factor",
    text="Did the identity sign in to the console without a second factor?",
    why="A password alone can be stolen; a second factor is harder to steal, and most accounts demand it of people.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=1),
    after=timedelta(minutes=15),
    measures={
        "without": count("operation = 'ConsoleLogin' AND status = 'success' AND mfa IS NOT TRUE"),
        "with_factor": count("operation = 'ConsoleLogin' AND status = 'success' AND mfa"),
    },
    grades={"with": "with_factor > 0", "without": "without > 0"},
    otherwise="no sign-in",
    means={
        "with": "it signed in with a second factor",
        "without": "it signed in with a password alone",
        "no sign-in": "it did not sign in to the console",
    },
    speaks={
        "account_takeover": {"without": Strength.EXPECTED, "with": Strength.UNEXPECTED},
        "travel_new_device": {"with": Strength.EXPECTED},
    },
    blind_spots="Sign-in through an identity provider shows no second factor here.",
)
