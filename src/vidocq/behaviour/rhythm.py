"""How regular a series of moments is: what tells a program's clock from a person's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

NEAR = 0.2
"""An interval this close (as a share) to the period, or to a small multiple of it where beats are missing, keeps the beat."""
MULTIPLES = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A series of contacts in numbers. Seconds, and shares from 0 to 1."""

    beats: int
    lasted: float
    """From the first moment to the last."""
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
        lasted=float(seconds[-1] - seconds[0]),
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


def clocked(rows: Iterable[Mapping[str, Any]], within: float, holds: Callable[[Rhythm], bool]) -> list[dict[str, Any]]:
    """Those series of contacts for whose rhythm that holds, with its numbers in place of `moments` (microseconds, sorted)."""
    found = []
    for row in rows:
        r = rhythm(merged(np.asarray(row["moments"], float) / 1e6, within))
        if r is not None and holds(r):
            told = {
                "beats": r.beats, "period": round(r.period, 1 if r.period >= 10 else 2), "kept": round(r.kept, 3), "dispersion": round(r.dispersion, 3),
                "minutes": round(r.lasted / 60, 1),
            }
            found.append({**{k: v for k, v in row.items() if k != "moments"}, **told})
    return found


def steadiest(found: Iterable[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Of each machine's series of a day those with the most beats kept, so many at most."""
    kept, told = [], dict[tuple[str, str], int]()
    for f in sorted(found, key=lambda f: (-f["beats"] * f["kept"], f["time"], f["dst_ip"], f["domain"] or "", f["dst_port"])):
        machine = f["src_ip"], str(f["time"])[:10]
        told[machine] = told.get(machine, 0) + 1
        if told[machine] <= most:
            kept.append(f)
    return kept


def as_table(found: list[dict[str, Any]]) -> Any:
    """Series as the Arrow table that a detection returns."""
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    shape = {
        "time": pa.timestamp("us"), "events": pa.list_(text), "all_events": pa.int64(), "first_event": pa.timestamp("us"), "src_ip": text, "dst_ip": text, "domain": text, "dst_port": pa.int32(), "beats": pa.int64(),
        "period": number, "kept": number, "dispersion": number, "minutes": number,
    }
    return pa.Table.from_pylist(found, pa.schema(list(shape.items())))
