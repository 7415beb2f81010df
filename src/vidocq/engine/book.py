"""What is known beforehand, as arrays: which answer gives how many bits to which hypothesis."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vidocq.model.belief import BITS, NO_EVENTS, NOT_COVERED, Detection, Hypothesis, Phrase, Question

FIRED = "fired"
"""The answer that an alert itself is: its rule fired."""
ALERT = "alert."
"""Prefix of the question id under which an alert speaks."""
ALERT_FAMILY = "the alert"
SUSPICION = ":suspicion"
"""Ends the sign of a phrase of which only what is hostile counts: it stood where the other side can write."""


@dataclass(frozen=True, slots=True)
class Book:
    """Hypotheses in order of id; per (question, answer) the bits for each of them, and the family the question belongs to."""

    hypotheses: tuple[Hypothesis, ...]
    row: Mapping[tuple[str, str], int]
    bits: np.ndarray
    """answers x hypotheses; row 0 is the answer that says nothing."""
    family: Mapping[str, str]
    questions: Mapping[str, Question]
    prior: np.ndarray
    benign: np.ndarray
    catch_all: np.ndarray
    rivals: np.ndarray
    """hypotheses x hypotheses: does the column compete with the row?"""
    named: np.ndarray
    """The same where the row names the column itself: such a rival is in play without evidence, one that only says what it explains is not."""
    explains: np.ndarray
    """And where it is the column that says so: what speaks for it is asked wherever the row is in play."""
    suggested: Mapping[str, Mapping[str, float]]
    """signature of an alert (`rule:x`, `phrase:…`) -> hypothesis -> bits."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(h.id for h in self.hypotheses)


def phrase_sign(name: str, n: int) -> str:
    """How a signature names a phrase: its file, and its place there."""
    return f"phrase:{name}:{n}"


def book(questions: Mapping[str, Question], hypotheses: Mapping[str, Hypothesis], detections: Mapping[str, Detection], phrases: Mapping[str, Sequence[Phrase]]) -> Book:
    """The catalogue's words as bits. What questions say of hypotheses and what these expect of questions are one table."""
    known = tuple(hypotheses.values())
    place = {h.id: i for i, h in enumerate(known)}
    catch_all = np.array([h.catch_all for h in known], bool)
    row: dict[tuple[str, str], int] = {}
    bits = [np.zeros(len(known))]
    for q in questions.values():
        for grade in (*q.grades, q.otherwise, NO_EVENTS):
            weights = np.zeros(len(known))
            for spoken_of, said in q.speaks.items():
                if spoken_of in place and grade in said:
                    weights[place[spoken_of]] = BITS[said[grade]]
            for h in known:
                if grade in h.expects.get(q.id, {}):
                    weights[place[h.id]] = BITS[h.expects[q.id][grade]]
            if grade in q.alarming:
                weights[catch_all] = BITS[q.alarming[grade]]
            row[(q.id, grade)] = len(bits)
            bits.append(weights)
        row[(q.id, NOT_COVERED)] = 0
    rivals, named, explains = (np.zeros((len(known), len(known)), bool) for _ in range(3))
    for h in known:
        for r in h.rivals:
            if r in place:
                rivals[place[h.id], place[r]] = named[place[h.id], place[r]] = True
        for other in known:
            if h.benign and not other.benign and (other.id in h.explains or "*" in h.explains):
                rivals[place[other.id], place[h.id]] = explains[place[other.id], place[h.id]] = True
        if h.catch_all:
            rivals[place[h.id]] = [other.benign for other in known]
    suggested = {
        f"rule:{d.id}": {h: BITS[s] for h, s in d.suggests.items() if h in place} | {h.id: BITS[h.expects[d.id][FIRED]] for h in known if FIRED in h.expects.get(d.id, {})}
        for d in detections.values()
    }
    for name, group in phrases.items():
        for n, p in enumerate(group):
            sign = phrase_sign(name, n)
            suggested[sign] = {h: BITS[s] for h, s in p.suggests.items() if h in place}
            suggested[sign + SUSPICION] = {h: bits for h, bits in suggested[sign].items() if bits > 0 and not hypotheses[h].benign}
    return Book(known, row, np.array(bits), {q.id: q.family or q.id for q in questions.values()}, dict(questions), np.array([h.prior_bits for h in known]),
                np.array([h.benign for h in known], bool), catch_all, rivals, named, explains, suggested)


def digests(units: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """A fingerprint of every unit's data, by `room/id`: a ledger is replayed only with the catalogue that made it."""
    return {f"{room}/{name}": hashlib.sha256(_data(unit).encode()).hexdigest() for room, found in sorted(units.items()) for name, unit in sorted(found.items())}


def _data(unit: object) -> str:
    if isinstance(unit, tuple):
        return "(" + ",".join(_data(u) for u in unit) + ")"
    names = getattr(unit, "__dataclass_fields__", None)
    if names is None:
        return repr(unit)
    # Functions are left out: their text is versioned with the package, their address is not.
    return ";".join(f"{n}={v!r}" for n in names if not callable(v := getattr(unit, n)))
