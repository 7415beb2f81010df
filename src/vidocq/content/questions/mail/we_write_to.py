"""Do our people write to this address?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="mail.we_write_to",
    text="Have our people written to this address before, and for how long?",
    why="With whom one has exchanged letters for more than a week one does business. A thief's address is answered within hours, if at all.",
    of="email_activity",
    about=("mailbox:sender",),
    by=("recipient",),
    before=timedelta(hours=720),
    measures={"days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '1' HOUR"), "old": count("time < c.at - INTERVAL '168' HOUR")},
    grades={"for long": "days >= 3 AND old > 0", "lately": "days > 0"},
    otherwise="not before",
    means={"for long": "our people have written to it for more than a week", "lately": "our people began to write to it lately", "not before": "nobody here wrote to it before"},
    speaks={"phishing": {"for long": Strength.UNEXPECTED}, "ordinary_mail": {"for long": Strength.TELLING}},
    family="written to",
    blind_spots="A partner whose mailbox was taken over; logs that hold incoming mail alone.",
)
