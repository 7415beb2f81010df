"""Is what was read written to another store of the house?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

READS, WRITES = "operation = 'GetObject' AND status = 'success'", "operation IN ('PutObject', 'CopyObject', 'UploadPart', 'UploadPartCopy', 'CompleteMultipartUpload') AND status = 'success'"

QUESTION = Question(
    id="cloud.copied_within",
    text="Is what it reads written to a store of the account again?",
    why="A migration and a replication write as much as they read, object by object, to where the firm owns it. Who carries data off only reads.",
    of="api_activity",
    about=("user:actor",),
    by=("actor_user",),
    before=timedelta(minutes=90),
    after=timedelta(minutes=10),
    measures={"objects_read": count(READS), "objects_written": count(WRITES)},
    grades={"little read": "objects_read < 100", "written again": "objects_written * 2 >= objects_read"},
    otherwise="only read",
    means={"little read": "it read few objects", "written again": "what it read it wrote to a store of the account again", "only read": "it only read"},
    speaks={
        "backup_replication": {"written again": Strength.TELLING, "only read": Strength.UNEXPECTED},
        "insider_misuse": {"written again": Strength.UNEXPECTED, "only read": Strength.EXPECTED},
        "cloud_exposure": {"written again": Strength.UNEXPECTED},
    },
    alarming={"written again": Strength.UNEXPECTED},
    details={"objects_read": ("objects read", ""), "objects_written": ("objects written", "")},
    blind_spots="A thief who writes to a bucket of the account that an outsider may read: that it was opened is told by what opens it. Trails that hold no data events.",
)
