"""Does the identity make as much as it destroys?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="cloud.makes_and_destroys",
    text="Does the identity make as much as it destroys?",
    why="Backups and autoscaling drop the old as they make the new. Destruction makes nothing.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(hours=24),
    after=timedelta(minutes=30),
    measures={
        "destroyed": count("act = 'data destroyed'"),
        "made": count("(operation LIKE 'Create%' OR operation LIKE 'Copy%' OR operation = 'RunInstances') AND status = 'success'"),
    },
    grades={"nothing destroyed": "destroyed = 0", "as much": "made * 2 >= destroyed"},
    otherwise="only destroys",
    means={
        "nothing destroyed": "it destroys nothing",
        "as much": "it makes about as much as it destroys",
        "only destroys": "it destroys far more than it makes",
    },
    speaks={
        "destruction": {"as much": Strength.UNEXPECTED, "only destroys": Strength.EXPECTED},
        "backup_replication": {"as much": Strength.TELLING, "only destroys": Strength.UNEXPECTED},
    },
)
