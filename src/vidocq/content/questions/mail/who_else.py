"""Who else got mail from this sender that day?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

QUESTION = Question(
    id="mail.who_else",
    text="Who else got mail from this sender that day?",
    why="A lure is sent to many, as a newsletter is: the number tells neither from the other, but who they are says whom to ask.",
    of="email_activity",
    about=("mailbox:sender",),
    by=("sender",),
    before=timedelta(hours=24),
    after=timedelta(hours=24),
    measures={"people": distinct("lower(recipient)", "recipient IS NOT NULL")},
    grades={"many": "people >= 10", "several": "people >= 2"},
    otherwise="one alone",
    means={"many": "ten people or more had mail from it that day", "several": "several people had mail from it that day", "one alone": "one person alone had mail from it that day"},
    speaks={"phishing": {"many": Strength.EXPECTED}, "ordinary_mail": {"many": Strength.EXPECTED}},
    leads={"recipient": "user:target"},
    details={"people": ("people who got mail from the sender", "people")},
)
