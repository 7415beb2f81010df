"""Did anybody follow the link, to a place that nobody here had visited?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="mail.followed",
    text="Did anybody follow the link, and had anybody here visited its host before?",
    why="The page of a lure is days old: nobody here was there before. Where people had been for weeks, a link leads to what they know, which says nothing of the letter.",
    of="http_activity",
    about=("domain:link",),
    by=("host",),
    before=timedelta(hours=720),
    after=timedelta(hours=72),
    measures={"people": distinct("COALESCE(actor_user, src_ip)", "time >= c.at - INTERVAL '5' MINUTE"), "earlier": count("time < c.at - INTERVAL '1' HOUR")},
    grades={"nobody": "people = 0", "to a place known here": "earlier > 0"},
    otherwise="to a place never visited",
    means={"nobody": "nobody went there since", "to a place known here": "somebody went there, as people here did before", "to a place never visited": "somebody went there, where nobody here had been"},
    speaks={"phishing": {"to a place never visited": Strength.EXPECTED}},
    leads={"actor_user": "user:target"},
    details={"people": ("people who followed the link", "people")},
    blind_spots="Telephones, and traffic that no proxy or product of ours sees.",
)
