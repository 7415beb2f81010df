"""Bits -> verdict: how far the strongest hostile reading stands above the best innocent one, and whether anything unasked could turn it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vidocq.engine.book import Book

RAISE = 1.0
"""Bits above the doubt at which a case is raised: twice as likely hostile as not."""
DISMISS = -1.0
"""Bits at or below which it is dismissed: half as likely. Between them it stays undecided, and waits for company."""
ADMIT = 1.5
"""Bits of evidence that bring a hypothesis into play that the alert did not suggest."""
NAMED = 1.5
"""Bits by which the catch-all must stand above a named hypothesis that holds to lead instead: a name that fits says more, unless it explains clearly less."""
FLOOR = -30.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry per case: leading and rival are numbers of hypotheses (-1: no innocent reading holds)."""

    leading: np.ndarray
    rival: np.ndarray
    margin: np.ndarray
    in_play: np.ndarray

    @property
    def raised(self) -> np.ndarray:
        return self.margin >= RAISE

    @property
    def dismissed(self) -> np.ndarray:
        return self.margin <= DISMISS


def in_play(book: Book, suggested: np.ndarray, evidence: np.ndarray) -> np.ndarray:
    """cases x hypotheses: those the alert suggests, those the answers admit, what is always there, and the innocent rivals of all these.

    `suggested` is boolean; `evidence` the counted bits without the prior.
    """
    hostile = (suggested | (evidence >= ADMIT) | book.catch_all) & ~book.benign
    named = hostile & ~book.catch_all
    rivals = (named.astype(int) @ book.named.astype(int)) > 0
    alone = ~named.any(1, keepdims=True)
    # With nothing but the catch-all in play, every innocent reading that has evidence is a rival.
    innocent = book.benign & (rivals | suggested | (evidence >= ADMIT) | (alone & (evidence > 0)))
    play = hostile | innocent
    lonely = ~innocent.any(1)
    if lonely.any() and book.benign.any():
        likeliest = np.where(book.benign, book.prior, -np.inf).argmax()
        play[lonely, likeliest] = True
    return play


def judge(book: Book, belief: np.ndarray, play: np.ndarray) -> Judgement:
    """The verdict of every case. A rival takes away what it explains: as many bits as it stands above even odds."""
    hostile = np.where(play & ~book.benign, belief, FLOOR)
    innocent = np.where(play & book.benign, belief, FLOOR)
    doubt = np.zeros_like(belief)
    rival = np.full(belief.shape, -1)
    for h in np.flatnonzero(~book.benign):
        if not book.rivals[h].any():
            continue
        against = np.where(book.rivals[h], innocent, FLOOR)
        best = against.argmax(1)
        strength = against[np.arange(len(best)), best]
        doubt[:, h] = np.maximum(strength, 0.0)
        rival[:, h] = np.where(strength > 0, best, -1)
    margin = np.where(play & ~book.benign, hostile - doubt, FLOOR)
    holds = (np.where(book.catch_all, FLOOR, margin) >= RAISE).any(1, keepdims=True)
    # Where nothing named holds, a named hypothesis still goes first if they stand level.
    leading = (margin - np.where(book.catch_all, np.where(holds, NAMED, 1e-6), 0.0)).argmax(1)
    rows = np.arange(len(leading))
    return Judgement(leading, rival[rows, leading], np.round(margin[rows, leading], 4), play)


def concern(margin: np.ndarray) -> np.ndarray:
    """Probability that the activity is hostile, by the odds that the margin states."""
    return np.round(1.0 / (1.0 + np.exp2(-np.clip(margin, -30, 30))), 4)


def can_change(book: Book, judged: Judgement, belief: np.ndarray, gain: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """Which cases the answers still possible could turn: `gain` and `loss` (cases x hypotheses) are the most bits they could add and take.

    A hypothesis that they could admit counts as if it were in play.
    """
    hostile, benign = ~book.benign, book.benign
    possible = judged.in_play | (belief - book.prior + gain >= ADMIT)
    up = np.where(possible & hostile, belief + gain, FLOOR).max(1)
    rows = np.arange(len(up))
    worst = belief[rows, judged.leading] + loss[rows, judged.leading]
    against = np.where(possible & benign & book.rivals[judged.leading], belief + gain, FLOOR).max(1, initial=FLOOR)
    down = worst - np.maximum(against, 0.0)
    return np.where(judged.raised, down < RAISE, np.where(judged.dismissed, up >= RAISE, (up >= RAISE) | (down <= DISMISS)))
