"""Does the machine come back to the pool?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.pool_contact",
    text="Does the machine come back to that name again and again?",
    why="A miner reconnects whenever its pool drops it, day and night. A person who read about coins looks once.",
    of="dns_activity",
    about=("ip:source", "domain:destination"),
    by=("src_ip", "query"),
    before=timedelta(hours=24),
    after=timedelta(hours=1),
    measures={"lookups": count(), "there": count("COALESCE(rcode, '') <> 'NXDOMAIN'"), "hours": distinct("date_trunc('hour', time)")},
    grades={"it does not exist": "there = 0", "again and again": "lookups >= 6", "a few times": "lookups >= 3"},
    otherwise="once",
    means={"it does not exist": "no such name was there to come back to", "again and again": "it looks the name up again and again", "a few times": "it looked the name up a few times", "once": "it looked the name up once or twice"},
    speaks={"cryptomining": {"again and again": Strength.EXPECTED, "once": Strength.UNEXPECTED}, "ordinary_browsing": {"once": Strength.EXPECTED}},
    # Any service is looked up again and again: only that the name is a pool's is alarming, and `name_listed` says that.
    alarming={"once": Strength.UNEXPECTED},
    blind_spots="A miner that stays connected looks the name up once.",
)
