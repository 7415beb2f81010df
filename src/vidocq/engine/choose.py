"""Which questions are asked of which entities of a case, and what the unasked ones could still change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product

import numpy as np

from vidocq.engine.book import Book
from vidocq.model.belief import Question
from vidocq.model.entity import Entity

FAN_OUT = 4
"""Askings of one question in one hop of a case, at most."""


def fitting(q: Question, entities: Sequence[Entity], among: frozenset[Entity] | None = None) -> list[tuple[Entity, ...]]:
    """The entities (or pairs) that a question can be asked of; with `among`, only those in which at least one is new.

    An entity without a role, as a person names one, may play any.
    """
    choices = []
    for about in q.about:
        kind, _, role = about.partition(":")
        choices.append([e for e in entities if e.kind == kind and (not role or e.role in (role, ""))])
    found: Iterable[tuple[Entity, ...]] = (pick for pick in product(*choices) if len({e.name for e in pick}) == len(pick))
    if among is not None:
        found = (pick for pick in found if any(e in among for e in pick))
    return list(islice(found, FAN_OUT))


def relevant(book: Book, play: np.ndarray) -> dict[str, np.ndarray]:
    """question -> cases (boolean) for which one of its answers would bear on a hypothesis in play, or on an innocent one that says it explains one."""
    play = play | (play.astype(int) @ book.explains.astype(int) > 0)
    out = {}
    for q in book.questions.values():
        rows = [book.row[(q.id, g)] for g in (*q.grades, q.otherwise, "no events")]
        speaks = (book.bits[rows] != 0).any(0)
        out[q.id] = (play & speaks).any(1)
    return out


def reach(book: Book, open_questions: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """For each case the most bits that its open questions could add and take, per hypothesis; a family counts once.

    Families that have spoken are not left out: a stronger answer of the same family may still come.
    """
    size = (len(open_questions), len(book.hypotheses))
    gain, loss = np.zeros(size), np.zeros(size)
    best: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for q in book.questions.values():
        rows = [book.row[(q.id, g)] for g in (*q.grades, q.otherwise, "no events")]
        best[q.id] = (book.bits[rows].max(0).clip(0), book.bits[rows].min(0).clip(None, 0))
    memo: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]] = {}
    for n, names in enumerate(open_questions):
        key = tuple(sorted(names))
        if key not in memo:
            by_family: dict[str, list[str]] = {}
            for name in key:
                by_family.setdefault(book.family[name], []).append(name)
            up = sum((np.max([best[q][0] for q in qs], axis=0) for qs in by_family.values()), np.zeros(size[1]))
            down = sum((np.min([best[q][1] for q in qs], axis=0) for qs in by_family.values()), np.zeros(size[1]))
            memo[key] = (up, down)
        gain[n], loss[n] = memo[key]
    return gain, loss
