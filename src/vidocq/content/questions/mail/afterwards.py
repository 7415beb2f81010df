"""What did the recipient's account do afterwards?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="mail.afterwards",
    text="What did the recipient's account do in the two days after the message?",
    why="Who was lured in has a thief in the account: mail is hidden or sent on, an application is let in, a factor is changed. Who read an ordinary letter goes on with the day's work.",
    of="api_activity",
    about=("user:target",),
    by=("actor_user",),
    before=timedelta(0),
    after=timedelta(hours=48),
    measures={"mail": count("act IN ('mail hidden', 'mail forwarded') AND status = 'success'"), "application": count("act = 'consent granted' AND status = 'success'"), "factor": count("act IN ('second factor removed', 'second factor added') AND status = 'success'")},
    grades={"mail was hidden or sent on": "mail > 0", "an application was let in": "application > 0", "a factor was changed": "factor > 0"},
    otherwise="nothing of weight",
    means={
        "mail was hidden or sent on": "afterwards the account hid mail or sent it on", "an application was let in": "afterwards the account let an application in", "a factor was changed": "afterwards a factor of the account was changed",
        "nothing of weight": "afterwards the account did nothing that a thief does first",
    },
    speaks={"phishing": {"mail was hidden or sent on": Strength.TELLING, "an application was let in": Strength.EXPECTED, "a factor was changed": Strength.EXPECTED}},
    alarming={"mail was hidden or sent on": Strength.TELLING, "an application was let in": Strength.EXPECTED, "a factor was changed": Strength.EXPECTED},
    evidence="act IS NOT NULL",
    blind_spots="A thief who only reads.",
)
