import pytest

from vidocq.behaviour.letters import entropy, make, odd, oddest


@pytest.mark.parametrize("word", ["weather", "garden", "microsoft", "doubleclick", "newspaper"])
def test_a_word_is_not_odd(word):
    assert odd(word) < 0.45


@pytest.mark.parametrize("lot", ["xqkvzjw", "qzxwvkp", "jqzkxvw7"])
def test_what_is_drawn_by_lot_is_odd(lot):
    assert odd(lot) > 0.45


def test_entropy_counts_bits_per_letter():
    assert entropy("abab") == 1.0
    assert entropy("") == 0.0


ODD = ["xkqzvbnrtp.example", "qzxjwvkfhd.example", "wqkzjxhvbn.example"]


def test_names_of_one_make():
    assert make(ODD) == (1.0, 1.0)
    assert make(["garden.example", "newspaper.example", "to.example"]) == (0.0, pytest.approx(1 / 3))


def test_two_who_saw_the_same_series_name_the_same_few():
    assert oddest([*ODD, "garden.example"], 2) == oddest([ODD[1], "market.example", ODD[0], ODD[2]], 2) == ["qzxjwvkfhd.example", "wqkzjxhvbn.example"]
