"""How much a name looks as if nobody chose it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

VOWELS = frozenset("aeiouy")
COMMON = frozenset(
    ["th", "he", "in", "er", "an", "re", "nd", "on", "en", "at", "ou", "ed", "ha", "to", "or", "it", "is", "hi", "es", "ng", "st", "ar", "te", "se", "me", "sa", "le", "ne", "ve", "co", "ro", "ti", "ri", "de", "ra", "io", "ic", "li", "la", "ma", "el", "ch", "ta", "ce", "om", "ur", "us", "ca", "ad", "pe", "si", "na", "tr", "so", "no", "ea", "ol", "di", "ec", "as", "al", "il", "ho", "ot", "et", "ac", "am", "op", "po", "pl", "ap", "ee", "oo", "ll", "ss", "tt", "cl", "cr", "br", "bl", "bo", "ba", "be", "fa", "fi", "fo", "fr", "ga", "ge", "go", "gr", "ja", "jo", "ke", "ki", "mo", "mi", "mu", "nt", "pa", "pr", "ru", "sh", "sp", "su", "tu", "un", "up", "ut", "wa", "we", "wo"]
)
"""Pairs of letters that make up most of what people name things by."""


def entropy(text: str) -> float:
    """Bits per letter."""
    if not text:
        return 0.0
    n = len(text)
    return -sum(c / n * math.log2(c / n) for c in Counter(text).values())


def odd(label: str) -> float:
    """From 0 (a word) to 1 (drawn by lot): few common pairs, long runs of consonants, digits among the letters."""
    text = "".join(c for c in label.lower() if c.isalnum())
    if len(text) < 5:
        return 0.0
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    rare = sum(p not in COMMON for p in pairs) / len(pairs)
    run = longest = 0
    for c in text:
        run = 0 if c in VOWELS or c.isdigit() else run + 1
        longest = max(longest, run)
    mixed = sum(a.isdigit() != b.isdigit() for a, b in pairwise(text)) / len(pairs)
    return min(1.0, rare * 0.8 + max(0, longest - 3) * 0.15 + mixed * 0.4)


ODD = 0.45
"""From here on a label looks drawn by lot."""


def own_label(domain: str) -> str:
    """What the owner chose of a domain: the label before its suffix."""
    return domain.split(".")[-2] if "." in domain else domain


def make(domains: Sequence[str]) -> tuple[float, float]:
    """Of what make domains are: the share whose own label looks drawn by lot, and the share whose labels are about as long as most."""
    labels = [own_label(d) for d in domains]
    usual = median(len(x) for x in labels)
    return sum(odd(x) >= ODD for x in labels) / len(labels), sum(abs(len(x) - usual) <= 2 for x in labels) / len(labels)


def oddest(domains: Sequence[str], most: int) -> list[str]:
    """The first few, in order of the alphabet, of the domains that look drawn by lot: the same few whoever saw the same series."""
    return sorted(d for d in set(domains) if odd(own_label(d)) >= ODD)[:most]
