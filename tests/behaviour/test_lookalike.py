"""Names that are made to be taken for others, and names that only happen to be near."""

import pytest

from vidocq.behaviour.lookalike import LETTERS, ONE_LETTER, WORD, Known, one_apart, skeleton

KNOWN = Known.of(["example.com", "northwind.example", "abc.com", "online.de", "node11.example"])


@pytest.mark.parametrize(("domain", "known", "how"), [
    ("exarnple.com", "example.com", LETTERS), ("examp1e.com", "example.com", LETTERS), ("\u0435xample.com", "example.com", LETTERS), ("xn--xample-2of.com", "example.com", LETTERS), ("exämple.com", "example.com", LETTERS),
    ("exampel.com", "example.com", ONE_LETTER), ("exmple.com", "example.com", ONE_LETTER), ("example.co", "example.com", ONE_LETTER), ("nortwind.example", "northwind.example", ONE_LETTER),
    ("example-login.net", "example.com", WORD), ("secure-northwind.com", "northwind.example", WORD), ("examplesupport.net", "example.com", WORD),
])
def test_a_name_made_to_be_taken_for_another(domain, known, how):
    assert (known, how) in list(KNOWN.imitated_by(domain))


@pytest.mark.parametrize("domain", ["example.com", "example.net", "abd.com", "my-online.de", "node12.example", "gardens.example", "northwindtraders.com", "xn--.com", ""])
def test_a_name_of_its_own(domain):
    assert list(KNOWN.imitated_by(domain)) == []


def test_the_skeleton_of_a_skeleton_is_itself():
    for name in ("exarnple.com", "vvorld.org", "p\u0430ypa1.com"):
        assert skeleton(skeleton(name)) == skeleton(name)


def test_one_apart_is_so_both_ways():
    for a, b in (("abcd", "abce"), ("abcd", "abd"), ("abcd", "acbd"), ("abcd", "abcd"), ("abcd", "abef"), ("a1", "a2")):
        assert one_apart(a, b) == one_apart(b, a)
