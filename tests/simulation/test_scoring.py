"""What an exercise is worth: who looks does better than who guesses, and the result says why."""

from dataclasses import replace

import pytest

from vidocq.simulation.exercise import Card, Desk, Done, Handover, Prompt, Stated, Told
from vidocq.simulation.scoring import score


def prompt(name, lean, minutes=2):
    return Prompt(name, f"{name}?", "ip:203.0.113.9", minutes, 0, "yes", "", (), lean)


def card(n, hostile):
    tells = prompt("tells", 5.0 if hostile else -5.0)
    return Card(f"in-{n}", (Told("2025-03-05T10:00:00Z", "r", "t", ()),), 0, (), (tells, prompt("says nothing", 0.0), prompt("misleads", -2.0 if hostile else 2.0, 10)), hostile, "what it was", "hostile")


DESK = Desk(
    "d", tuple(card(n, n in (2, 5)) for n in range(1, 7)), 90, ("203.0.113.9", "akiaexample"), ("203.0.113.9", "akiaexample"), ("bruno", "10.0.0.5"),
    (("isolate", "ip", "10.0.0.5"),), Stated({}, (), None),
)
RIGHT = {str(n): "hostile" if n in (2, 5) else "innocent" for n in range(1, 7)}
SCOPE = (("ip", "203.0.113.9"), ("key", "AKIAEXAMPLE"))
ASKED = {str(n): ["1"] for n in range(1, 7)}


def part(result, name):
    return next(p for p in result.parts if p.name == name)


def good(**other):
    stated = Stated(**{"verdicts": RIGHT, "scope": SCOPE, "containment": ("disable_key", "key", "AKIAEXAMPLE"), **other})
    return Done(minutes=18, asked=ASKED, stated=stated)


def test_who_asks_what_tells_and_says_what_it_is_has_everything():
    result = score(DESK, good())
    assert result.score == 100
    assert result.missed == ()


@pytest.mark.parametrize("word", ["hostile", "innocent", "undecided"])
def test_one_word_for_all_is_worth_nothing_even_with_questions(word):
    result = score(DESK, replace_stated(good(), verdicts=dict.fromkeys(RIGHT, word)))
    assert part(result, "verdict").share == 0
    assert part(result, "time").share == 0, "quick is worth as much as it is right"


def replace_stated(done, **new):
    done.stated = replace(done.stated, **new)
    return done


def test_a_guess_counts_as_none():
    result = score(DESK, Done(minutes=0, stated=Stated(RIGHT)))
    assert result.score == 0
    assert "6 verdicts were given without a question" in part(result, "verdict").because


@pytest.mark.parametrize(("scope", "least", "most"), [((), 0, 0), (SCOPE[:1], 0.6, 0.7), ((*SCOPE, ("user", "bruno")), 1, 1), ((*SCOPE, ("ip", "10.0.0.77"), ("user", "ann")), 0.6, 0.7), ((("ip", "10.0.0.77"),), 0, 0)])
def test_scope_wants_all_of_it_and_nobody_else(scope, least, most):
    assert least <= part(score(DESK, good(scope=scope)), "scope").share <= most


@pytest.mark.parametrize(
    ("action", "kind", "name", "share"),
    [
        ("block", "ip", "203.0.113.9", 1.0), ("isolate", "ip", "10.0.0.5", 1.0), ("reset_password", "user", "bruno", 0.5), ("isolate", "ip", "203.0.113.9", 0.25),
        ("block", "key", "AKIAEXAMPLE", 0.25), ("block", "ip", "198.51.100.1", 0.0), ("stop", "resource", "AKIAEXAMPLE", 0.5),
    ],
)  # fmt: skip
def test_containment_stops_the_intruder_and_nobody_else(action, kind, name, share):
    assert part(score(DESK, good(containment=(action, kind, name))), "containment").share == share


def test_questions_that_say_nothing_cost_points_and_time():
    everything = {n: ["1", "2", "3"] for n in RIGHT}
    wide = score(DESK, Done(minutes=84, asked=everything, stated=good().stated))
    assert part(wide, "questions").share < part(score(DESK, good()), "questions").share
    assert part(wide, "time").share < 0.2


def test_what_was_missed_comes_with_the_question_that_would_have_shown_it():
    [missed] = score(DESK, replace_stated(good(), verdicts=RIGHT | {"5": "innocent"})).missed
    assert (missed.case, missed.said, missed.truth, missed.question, missed.asked) == (5, "innocent", "hostile", "tells?", True)
    assert missed.bits == 5.0


def test_where_nothing_was_attacked_nothing_is_to_be_named_or_contained():
    calm = replace(DESK, cards=tuple(card(n, False) for n in range(1, 4)), own=(), seen=(), involved=(), advised=())
    right = Done(minutes=9, asked={str(n): ["1"] for n in range(1, 4)}, stated=Stated(dict.fromkeys("123", "innocent")))
    assert score(calm, right).score == 100
    rash = Done(minutes=9, asked=right.asked, stated=Stated(dict.fromkeys("123", "innocent"), (("user", "ann"),), ("block", "ip", "203.0.113.9")))
    assert score(calm, rash).score < 70
    assert score(calm, Done(stated=Stated(dict.fromkeys("123", "innocent")))).score == 0, "nobody looked"


def test_the_engine_is_held_to_the_same_measure():
    result = score(replace(DESK, engine=Stated(RIGHT, SCOPE, ("block", "ip", "203.0.113.9"))), good())
    assert result.engine_score == 100
    assert [p.name for p in result.engine] == ["verdict", "scope", "containment"]


def test_a_team_is_told_how_long_its_hand_overs_lay():
    done = good()
    done.team, done.handovers = True, [Handover("triage", "analysis", 7, "case 2 first", 100.0, 160.0)]
    assert score(DESK, done).handovers[0].waited == 60.0


def test_where_all_cases_are_alike_one_word_for_all_is_not_enough():
    grim = replace(DESK, cards=tuple(card(n, True) for n in range(1, 7)))
    word = Stated(dict.fromkeys(RIGHT, "hostile"))
    guessed = score(grim, Done(minutes=18, asked={n: ["2"] for n in RIGHT}, stated=word))
    found = score(grim, Done(minutes=18, asked=ASKED, stated=word))
    assert part(guessed, "verdict").share == 0.5
    assert part(found, "verdict").share == 1.0
    assert guessed.score < 30
