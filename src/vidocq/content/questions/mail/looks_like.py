"""Is this domain made to be taken for one we know?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="mail.looks_like",
    text="May this domain be taken for one of ours, or one we write with?",
    why="A name one letter from a known one is registered to be taken for it, by its owner or by a thief; its owner's own second name has written before.",
    of="name",
    about=("domain:sender",),
    by=("name",),
    before=None,
    measures={"alike": count("lookalike IS NOT NULL AND COALESCE(popular, FALSE) = FALSE"), "letters": count("lookalike IS NOT NULL AND lookalike_how <> 'a word is added' AND COALESCE(popular, FALSE) = FALSE")},
    grades={"by its letters": "letters > 0", "by a word beside it": "alike > 0"},
    otherwise="like none",
    means={"by its letters": "the domain may be taken for a known one, by a letter or by letters that look alike", "by a word beside it": "the domain is a known name with a word beside it", "like none": "the domain looks like none that is known here"},
    speaks={"phishing": {"by its letters": Strength.TELLING, "by a word beside it": Strength.EXPECTED}},
    alarming={"by its letters": Strength.TELLING, "by a word beside it": Strength.EXPECTED},
    # The alert may have said so already.
    family="the alert",
    blind_spots="Names of fewer than six letters; the known one must have been seen before.",
)
