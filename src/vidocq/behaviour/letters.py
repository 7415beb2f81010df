"""How much a name looks as if nobody chose it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

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
