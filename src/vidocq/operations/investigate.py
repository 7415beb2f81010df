"""Investigates every case at once: cheap questions for all, wide ones for those an answer could still turn, then what the answers lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidocq.engine.book import Book
from vidocq.engine.choose import fitting, reach, relevant
from vidocq.engine.conclude import Conclusion, conclude
from vidocq.engine.correlate import Common, Commons
from vidocq.engine.judge import can_change
from vidocq.engine.ledger import Answer, Case
from vidocq.model.belief import Tier
from vidocq.model.entity import Entity
from vidocq.operations import asking
from vidocq.operations.asking import Asking
from vidocq.store.coverage import Coverage
from vidocq.store.duckdb import Store

HOPS = 3
FOLLOWED = 6
"""Entities that a case follows in one hop, at most."""


@dataclass(frozen=True, slots=True)
class Investigated:
    """All cases with their answers, what follows from them, and what was left unasked because it could not matter."""

    cases: tuple[Case, ...]
    answers: tuple[Answer, ...]
    conclusion: Conclusion
    unasked: tuple[tuple[str, ...], ...]
    followed: tuple[tuple[Entity, ...], ...]
    """For each case the entities that its answers led to."""


class _Desk:
    """The answers so far. Only this file asks; the engine says what."""

    def __init__(self, store: Store, coverage: Coverage, book: Book, cases: Sequence[Case], commons: Commons) -> None:
        self.store, self.coverage, self.book, self.cases, self.commons = store, coverage, book, cases, commons
        self.answers: list[Answer] = []
        self.askings: list[Asking] = []
        self.asked: set[tuple[int, str, tuple[Entity, ...]]] = set()
        self.known: list[list[Entity]] = [list(c.entities) for c in cases]
        # A rule of another tool can be asked about like an entity; it is none: no incident and no hop goes through it.
        part = {"third-party": "case", "native": "own"}
        self.rule = [[Entity("rule", c.rule, part[c.origin])] if c.origin in part else [] for c in cases]
        self.followed: list[list[Entity]] = [[] for _ in cases]
        self.conclusion = conclude(book, cases, [])

    def ask(self, tier: Tier, hop: int, live: np.ndarray, new: Sequence[frozenset[Entity]] | None = None) -> None:
        """Put every fitting question of a tier to the live cases, and judge again."""
        bears = relevant(self.book, self.conclusion.judged.in_play)
        todo = []
        for n in np.flatnonzero(live).tolist():
            for q in self.book.questions.values():
                if q.tier != tier or not bears[q.id][n]:
                    continue
                for entities in fitting(q, self.known[n] + self.rule[n], new[n] if new is not None else None):
                    if (n, q.id, entities) not in self.asked:
                        self.asked.add((n, q.id, entities))
                        todo.append(Asking(int(n), q.id, entities, self.cases[n].opened_at))
        if not todo:
            return
        for a, reply in zip(todo, asking.put(self.store, self.coverage, self.book.questions, todo), strict=True):
            self.answers.append(Answer(a.case, hop, a.question, a.entities, reply.grade, reply.facts, reply.history_hours))
            self.askings.append(a)
        self.conclusion = conclude(self.book, self.cases, self.answers)

    def open_questions(self, tiers: Sequence[Tier]) -> list[list[str]]:
        """For each case the questions of these tiers that fit it and were not asked."""
        bears = relevant(self.book, self.conclusion.judged.in_play)
        kinds: dict[tuple[tuple[str, str], ...], list[str]] = {}
        done: dict[int, set[str]] = {}
        for case, name, _ in self.asked:
            done.setdefault(case, set()).add(name)
        out = []
        for n in range(len(self.cases)):
            askable = self.known[n] + self.rule[n]
            shape = tuple(sorted({(e.kind, e.role) for e in askable}))
            if shape not in kinds:
                kinds[shape] = [q.id for q in self.book.questions.values() if q.tier in tiers and fitting(q, askable)]
            out.append([q for q in kinds[shape] if q not in done.get(n, ()) and bears[q][n]])
        return out

    def turnable(self, names: list[list[str]]) -> np.ndarray:
        """Which cases their open questions could turn."""
        gain, loss = reach(self.book, names)
        return can_change(self.book, self.conclusion.judged, self.conclusion.belief, gain, loss) & np.array([bool(x) for x in names], bool)

    def follow(self, hop: int) -> list[frozenset[Entity]]:
        """The entities that answers of the last hop name, for cases that are not dismissed; never one that everybody shares."""
        found: list[dict[Entity, None]] = [{} for _ in self.cases]
        open_cases = ~self.conclusion.judged.dismissed
        members = [i for i, a in enumerate(self.answers) if a.hop == hop - 1 and open_cases[a.case] and self.book.questions[a.question].leads]
        for i, entities in zip(members, asking.leads(self.store, self.coverage, self.book.questions, [self.askings[i] for i in members]), strict=True):
            case = self.answers[i].case
            names = {(e.kind, e.name) for e in self.known[case]}
            for e in entities:
                if (e.kind, e.name) not in names and self.commons.get((e.kind, e.name), Common.OWN) is Common.OWN and len(found[case]) < FOLLOWED:
                    found[case][e] = None
        for n, new in enumerate(found):
            self.known[n] += new
            self.followed[n] += new
        return [frozenset(f) for f in found]

    def show_evidence(self) -> None:
        """Attach events to every answer that bears on something in play."""
        play, bits = self.conclusion.judged.in_play, self.conclusion.weights.bits
        first = len(self.cases)
        chosen = [i for i, a in enumerate(self.answers) if (bits[first + i] * play[a.case] != 0).any() and a.grade not in ("no events", "not covered")]
        for i, (uids, total) in zip(chosen, asking.evidence(self.store, self.coverage, self.book.questions, [self.askings[i] for i in chosen]), strict=True):
            self.answers[i] = replace(self.answers[i], events=uids, events_total=total)


def investigate(store: Store, coverage: Coverage, book: Book, cases: Sequence[Case], commons: Commons) -> Investigated:
    """Ask until no answer could turn a verdict. No hop goes through what `commons` says many share."""
    desk = _Desk(store, coverage, book, cases, commons)
    everyone = np.ones(len(cases), bool)
    desk.ask(Tier.FREE, 0, everyone)
    wide = desk.open_questions([Tier.SCAN])
    desk.ask(Tier.SCAN, 0, desk.turnable(wide))
    for hop in range(1, HOPS):
        new = desk.follow(hop)
        live = np.array([bool(x) for x in new], bool)
        if not live.any():
            break
        desk.ask(Tier.FREE, hop, live, new)
        desk.ask(Tier.SCAN, hop, live & desk.turnable(desk.open_questions([Tier.SCAN])), new)
    desk.show_evidence()
    unasked = desk.open_questions([Tier.FREE, Tier.SCAN])
    return Investigated(tuple(cases), tuple(desk.answers), desk.conclusion, tuple(tuple(u) for u in unasked), tuple(tuple(f) for f in desk.followed))
