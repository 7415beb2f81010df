"""Is it a job that reads stores in bulk on other days too?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

READS = "operation = 'GetObject' AND status = 'success'"
EARLIER = f"{READS} AND time < c.at - INTERVAL '12' HOUR"

QUESTION = Question(
    id="cloud.job_of_the_house",
    text="Did the role read as much on other days, from the same place?",
    why="A job that reads a whole store night after night may read another one day. Who never took more than a few objects and then takes them all does something new.",
    of="api_activity",
    about=("resource:issuer", "ip:source"),
    by=("issuer", "src_ip"),
    before=timedelta(days=30),
    measures={"now": count(f"{READS} AND time >= c.at - INTERVAL '2' HOUR"), "days": distinct("CAST(time AS DATE)", EARLIER), "earlier": count(EARLIER)},
    grades={"little read": "now < 100", "log too short": "history_hours < 24", "every day": "days >= 2 AND earlier >= 50 * days", "once": "earlier >= 100"},
    otherwise="never",
    means={
        "little read": "it reads little now", "log too short": "the log is too short to know", "every day": "it reads stores in bulk from the same place day after day", "once": "it read in bulk once before", "never": "it never read in bulk before",
    },
    speaks={
        "administration_by_code": {"every day": Strength.TELLING, "once": Strength.EXPECTED, "never": Strength.UNEXPECTED}, "backup_replication": {"every day": Strength.EXPECTED},
        "insider_misuse": {"every day": Strength.UNEXPECTED}, "cloud_exposure": {"every day": Strength.UNEXPECTED}, "account_takeover": {"every day": Strength.UNEXPECTED},
    },
    alarming={"every day": Strength.UNEXPECTED},
    blind_spots="A thief who has taken over the job itself.",
)
