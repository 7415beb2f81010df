"""From cases and their answers to weights, beliefs and verdicts: a pure function of the ledger and the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vidocq.engine.book import ALERT_FAMILY, Book
from vidocq.engine.judge import Judgement, in_play, judge
from vidocq.engine.ledger import Answer, Case
from vidocq.engine.weigh import Answers, Weights, belief, weigh
from vidocq.model.belief import BITS, Strength

MANUAL = ("manual",)
"""Signature of a case that a person opened; what alerts about the same say follows it."""

INFORMATIONAL = 1
"""OCSF severity_id. Sigma's low is one, too: rarely an incident, of use in company (its specification, "Level")."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Everything that follows from the answers. The first row of each case among the answers is the alert itself."""

    answers: Answers
    weights: Weights
    belief: np.ndarray
    judged: Judgement


def suggested_bits(book: Book, cases: Sequence[Case]) -> np.ndarray:
    """cases x hypotheses: what each alert says for itself; of several phrases the strongest counts for each hypothesis.

    The words of an alert that its own product calls informational name what could be, not what was seen: they are a hint, however grave they sound.
    """
    place = {h: i for i, h in enumerate(book.ids)}
    out = np.zeros((len(cases), len(book.hypotheses)))
    known: dict[tuple[str, ...], np.ndarray] = {}
    for n, c in enumerate(cases):
        if c.signature not in known:
            row = np.zeros(len(book.hypotheses))
            for sign in c.signature:
                for h, bits in book.suggested.get(sign, {}).items():
                    row[place[h]] = bits if abs(bits) > abs(row[place[h]]) else row[place[h]]
            known[c.signature] = row
        hint = c.origin == "third-party" and c.severity == INFORMATIONAL
        out[n] = np.minimum(known[c.signature], BITS[Strength.EXPECTED]) if hint else known[c.signature]
    return out


def conclude(book: Book, cases: Sequence[Case], answers: Sequence[Answer]) -> Conclusion:
    """Weigh and judge. Rows of the answers: first one per case, its alert; then the answers in the order given."""
    families = {name: i for i, name in enumerate(sorted({*book.family.values(), ALERT_FAMILY}))}
    n = len(cases)
    rows = Answers(
        case=np.r_[np.arange(n), np.array([a.case for a in answers], int)].astype(int),
        row=np.r_[np.zeros(n, int), np.array([book.row.get((a.question, a.grade), 0) for a in answers], int)].astype(int),
        family=np.r_[np.full(n, families[ALERT_FAMILY]), np.array([families[book.family[a.question]] if a.question in book.family else -1 for a in answers], int)].astype(int),
    )
    said = suggested_bits(book, cases)
    alert_bits = np.zeros((len(rows.case), len(book.hypotheses)))
    alert_bits[:n] = said
    weights = weigh(book, rows, alert_bits)
    beliefs = belief(book, rows, weights, n)
    # Who asks by hand has no suspicion yet: everything hostile is looked at.
    by_hand = np.array([MANUAL[0] in c.signature for c in cases], bool)
    play = in_play(book, (said > 0) | (by_hand[:, None] & ~book.benign), beliefs - book.prior)
    return Conclusion(rows, weights, beliefs, judge(book, beliefs, play))
