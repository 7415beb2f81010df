"""Does the same happen on other days, or on other machines?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, distinct

HOSTILE = ("credential_theft", "defence_impairment", "destruction", "exploited_service", "host_compromise", "host_persistence", "lateral_movement", "malware_delivery", "privilege_escalation")

QUESTION = Question(
    id="host.habit",
    text="On how many days and machines was the same noticed before?",
    why="What an administrator's tool does it does everywhere and every week, and each time it looks as odd. What was never noticed before, where somebody has watched for long, is news.",
    of="own_finding",
    about=("rule:own",),
    by=("rule",),
    before=timedelta(days=30),
    measures={"days": distinct("date_trunc('day', time)"), "machines": distinct("host"), "earlier": distinct("date_trunc('day', time)", "time < c.at - INTERVAL '20' HOUR")},
    grades={"most days, on many machines": "earlier >= 4 AND machines >= 4", "now and then": "earlier >= 2"},
    otherwise="hardly ever",
    means={"most days, on many machines": "the same is noticed on many machines, day after day", "now and then": "the same was noticed on other days too", "hardly ever": "the same was hardly ever noticed before"},
    speaks={h: {"most days, on many machines": Strength.UNEXPECTED} for h in HOSTILE} | {"administration_by_code": {"most days, on many machines": Strength.TELLING, "now and then": Strength.EXPECTED}, "administration_by_hand": {"now and then": Strength.EXPECTED}},
    alarming={"most days, on many machines": Strength.UNEXPECTED},
    blind_spots="A worm does the same on many machines; it takes days to become a habit.",
)
