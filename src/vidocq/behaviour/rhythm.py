"""How regular a series of moments is: what tells a program's clock from a person's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEAR = 0.2
"""An interval this close (as a share) to the period, or to a small multiple of it where beats are missing, keeps the beat."""
MULTIPLES = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A series of contacts in numbers. Seconds, and shares from 0 to 1."""

    beats: int
    period: float
    """The median interval."""
    spread: float
    """The median distance from the period, as a share of it."""
    kept: float
    """The share of intervals near the period or a small multiple."""
    bounded: float
    """The share of intervals between a fifth and nine fifths of the period: a clock with up to 80 % of jitter keeps all of them there, chance two thirds at most."""
    dispersion: float
    """Standard deviation over mean of the intervals, the longest twentieth left out; 1 for pure chance, more for the bursts of a person."""


def merged(seconds: np.ndarray, within: float) -> np.ndarray:
    """The moments with those left out that follow their predecessor within so many seconds: one page is one contact."""
    if not len(seconds):
        return seconds
    return seconds[np.r_[True, np.diff(seconds) > within]]


def rhythm(seconds: np.ndarray) -> Rhythm | None:
    """The rhythm of sorted moments; None with fewer than six."""
    if len(seconds) < 6:
        return None
    gaps = np.diff(seconds)
    period = float(np.median(gaps))
    if period <= 0:
        return None
    relative = gaps / period
    nearest = np.clip(np.round(relative), 1, MULTIPLES)
    kept = float(np.mean(np.abs(relative - nearest) <= NEAR))
    usual = np.sort(gaps)[: max(5, int(np.ceil(len(gaps) * 0.95)))]
    return Rhythm(
        beats=len(seconds),
        period=period,
        spread=float(np.median(np.abs(relative - 1))),
        kept=kept,
        bounded=float(np.mean((relative >= 0.2) & (relative <= 1.8))),
        dispersion=float(np.std(usual) / np.mean(usual)),
    )


def regular(r: Rhythm) -> bool:
    """Whether a clock is behind it: most beats kept, or, with jitter, every interval within bounds and far steadier than chance."""
    steady = r.beats >= 10 and r.kept >= 0.75 and r.spread <= 0.15
    jittered = r.beats >= 24 and r.bounded >= 0.93 and r.dispersion <= 0.55
    return steady or jittered


def jittered(r: Rhythm) -> bool:
    """Whether a clock is behind it that was made to miss its beat: every interval within bounds, and yet far from equal."""
    return r.beats >= 60 and r.bounded >= 0.97 and 0.08 <= r.dispersion <= 0.55
