"""Was somebody hired to attack with this account?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="context.test_of_account",
    text="Does the owner say that somebody was hired to attack with this account at that time?",
    why="A penetration test looks like what it rehearses. Whoever ordered it has written down from where and when, and an attacker cannot write there.",
    of="asset",
    about=("user:actor",),
    by=("name",),
    before=None,
    measures={"entries": count(), "window": count("test_from <= c.at AND (test_until IS NULL OR test_until >= c.at)"), "over": count("test_until < c.at OR test_from > c.at")},
    grades={"a test is under way": "window > 0", "no test at that time": "over > 0"},
    otherwise="not said",
    means={"a test is under way": "a test with this account was announced for this time", "no test at that time": "a test with this account was announced, but not for this time", "not said": "the owner's list has it, and says nothing of a test"},
    speaks={"ordered_test": {"a test is under way": Strength.DAMNING, "no test at that time": Strength.RULES_OUT}},
    blind_spots="An attacker who uses a tester's account during the test. A test against a account says nothing here: only what attacks is named.",
)
