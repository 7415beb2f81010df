"""Has anybody of this account worked from this address before?"""

from datetime import timedelta

from vidocq.behaviour.direction import private_plain
from vidocq.model.belief import Question, Strength, count, distinct

HOSTILE = (
    "account_takeover", "cloud_compute_abuse", "cloud_exposure", "cloud_reconnaissance", "credential_theft",
    "defence_impairment", "destruction", "identity_persistence", "lateral_movement", "privilege_escalation",
)

QUESTION = Question(
    id="cloud.address_in_account",
    text="Has anybody of this account worked from this address before?",
    why="An address that colleagues or pipelines have used for days belongs to the house; one that several people share does so sooner.",
    of="api_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=720),
    measures={
        "earlier": count("time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "time < c.at - INTERVAL '12' HOUR"),
        "identities": distinct("actor_user", "time < c.at - INTERVAL '12' HOUR AND invoked_by IS NULL AND status = 'success'"),
        # A container has a new address of the inside at every start: it says nothing of who is in it.
        "inside": count(f"service = 'kubernetes' AND {private_plain('src_ip')}"),
    },
    grades={"of the house": "days >= 3 OR (days >= 2 AND identities >= 4)", "seen before": "earlier > 0", "inside": "inside > 0", "log too short": "history_hours < 48"},
    otherwise="never before",
    means={
        "of the house": "the account has been worked in from this address for days",
        "seen before": "it was seen before, once",
        "never before": "nobody of this account was ever seen at this address",
        "log too short": "the log is too short to know",
        "inside": "it is an address inside a cluster, which is new at every start",
    },
    speaks={
        **{h: {"of the house": Strength.UNEXPECTED, "never before": Strength.EXPECTED} for h in HOSTILE},
        "administration_by_hand": {"of the house": Strength.EXPECTED},
        "administration_by_code": {"of the house": Strength.EXPECTED},
        "travel_new_device": {"of the house": Strength.EXPECTED},
    },
    alarming={"of the house": Strength.UNEXPECTED, "never before": Strength.EXPECTED},
    family="where from",
    blind_spots="An intruder on a machine inside.",
)
