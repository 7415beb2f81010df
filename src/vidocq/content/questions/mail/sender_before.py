"""Has this sender written to us before?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_BEFORE = "time < c.at - INTERVAL '12' HOUR AND recipient IS NOT NULL"

QUESTION = Question(
    id="mail.sender_before",
    text="Has this sender written to us before, on how many days, to how many people?",
    why="Lists, shops and partners have written for weeks. Who lures comes from an address that nobody here had mail from, or borrows one that we have.",
    of="email_activity",
    about=("mailbox:sender",),
    by=("sender",),
    before=timedelta(hours=720),
    after=timedelta(hours=1),
    measures={
        "days": distinct("CAST(time AS DATE)", _BEFORE), "people": distinct("recipient", _BEFORE),
        "refused": count("time >= c.at - INTERVAL '1' HOUR AND (dmarc = 'fail' OR (dmarc IS NULL AND spf = 'fail'))"),
    },
    grades={"known, but not proven": "days >= 3 AND refused > 0", "known": "days >= 3", "seen before": "days > 0", "log too short": "history_hours < 48"},
    otherwise="never before",
    means={
        "known, but not proven": "the sender has written for days, and this message failed the checks that our server makes", "known": "the sender has written to us on several days before", "seen before": "the sender has written before",
        "log too short": "the log is too short to know", "never before": "nobody here had mail from this sender",
    },
    speaks={
        "phishing": {"known": Strength.UNEXPECTED, "known, but not proven": Strength.EXPECTED, "never before": Strength.EXPECTED},
        "ordinary_mail": {"known": Strength.EXPECTED, "known, but not proven": Strength.UNEXPECTED},
    },
    alarming={"known, but not proven": Strength.EXPECTED},
    family="sender known",
    details={"days": ("days on which the sender wrote before", "days")},
    blind_spots="A partner whose mailbox was taken over is known; so is who writes something harmless for three days.",
)
