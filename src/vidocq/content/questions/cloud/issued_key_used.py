"""Is the new key used?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

QUESTION = Question(
    id="cloud.issued_key_used",
    text="Is the new key used?",
    why="A key that is made and at once used from where it was made belongs to whoever made it, whatever name it bears.",
    of="api_activity",
    about=("key:issued",),
    by=("actor_key",),
    before=timedelta(hours=1),
    after=timedelta(hours=24),
    measures={
        "calls": count(),
        "places": distinct("src_ip"),
        "weighty": count("act IS NOT NULL"),
        "minutes": first(),
    },
    grades={"for weighty acts": "weighty > 0"},
    otherwise="for ordinary calls",
    means={
        "for weighty acts": "the new key is used for weighty acts",
        "for ordinary calls": "the new key is used",
    },
    speaks={
        "identity_persistence": {"for weighty acts": Strength.TELLING, "for ordinary calls": Strength.EXPECTED},
    },
    alarming={"for weighty acts": Strength.TELLING},
    family="what follows",
)
