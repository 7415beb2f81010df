"""Answers -> bits per hypothesis. Answers of one family are correlated: for each hypothesis only the strongest counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vidocq.engine.book import Book


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of many cases, one per row: the case's number, the row of the book, the family's number, the order they were given in."""

    case: np.ndarray
    row: np.ndarray
    family: np.ndarray


@dataclass(frozen=True, slots=True)
class Weights:
    """answers x hypotheses: the bits of each, and whether they counted."""

    bits: np.ndarray
    counted: np.ndarray


def weigh(book: Book, answers: Answers, alert_bits: np.ndarray) -> Weights:
    """The weight of every answer. `alert_bits` (answers x hypotheses) holds those of alerts themselves, zero elsewhere."""
    bits = book.bits[answers.row] + alert_bits
    n = len(answers.case)
    if not n:
        return Weights(bits, np.zeros(bits.shape, bool))
    order = np.lexsort((np.arange(n), answers.family, answers.case))
    case, family = answers.case[order], answers.family[order]
    starts = np.flatnonzero(np.r_[True, (case[1:] != case[:-1]) | (family[1:] != family[:-1])])
    sizes = np.diff(np.r_[starts, n])
    strength = np.abs(bits[order])
    strongest = np.maximum.reduceat(strength, starts, axis=0)
    is_best = (strength == np.repeat(strongest, sizes, axis=0)) & (strength > 0)
    # The first of equals speaks for the family.
    running = np.cumsum(is_best, axis=0)
    before = np.repeat((running - is_best)[starts], sizes, axis=0)
    counted = np.empty_like(is_best)
    counted[order] = is_best & (running - before == 1)
    return Weights(bits, counted)


def belief(book: Book, answers: Answers, weights: Weights, cases: int) -> np.ndarray:
    """cases x hypotheses: prior and counted bits."""
    out = np.tile(book.prior, (cases, 1))
    np.add.at(out, answers.case, np.where(weights.counted, weights.bits, 0.0))
    return out
