import pytest

from vidocq.behaviour.letters import entropy, odd


@pytest.mark.parametrize("word", ["weather", "garden", "microsoft", "doubleclick", "newspaper"])
def test_a_word_is_not_odd(word):
    assert odd(word) < 0.45


@pytest.mark.parametrize("lot", ["xqkvzjw", "qzxwvkp", "jqzkxvw7"])
def test_what_is_drawn_by_lot_is_odd(lot):
    assert odd(lot) > 0.45


def test_entropy_counts_bits_per_letter():
    assert entropy("abab") == 1.0
    assert entropy("") == 0.0
