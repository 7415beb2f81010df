"""What an exercise was worth: parts of a hundred points, each with its reason, and what would have shown what was missed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from vidocq.simulation.exercise import AT_ONCE, HOSTILE, INNOCENT, SUITS, UNDECIDED, Card, Desk, Done, Handover, Prompt, Stated, Thing

WORTH = {"verdict": 40, "scope": 20, "containment": 15, "questions": 15, "time": 10}
TELLS = 1.5
"""Bits from which on an answer says something: three times likelier one way than the other."""
ENOUGH = 6
"""So many entities of an attack, named, are its scope: a bot asks for a hundred names."""
QUICK = 0.4
"""The share of the minutes within which nobody is asked to hurry more."""
_INSIDE = tuple(ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score. `share` is None where the exercise does not ask for it."""

    name: str
    worth: int
    share: float | None
    because: str

    @property
    def points(self) -> float:
        return self.worth * (self.share or 0.0)


@dataclass(frozen=True, slots=True)
class Missed:
    """A case that was judged wrongly, and the question that would have shown it."""

    case: int
    said: str
    truth: str
    what: str
    question: str
    answer: str
    bits: float
    asked: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a person made of an exercise, and what the engine made of the same cases."""

    score: int
    parts: tuple[Part, ...]
    engine_score: int
    engine: tuple[Part, ...]
    missed: tuple[Missed, ...]
    unseen: tuple[str, ...]
    minutes: int
    budget: int
    verdicts: dict[str, tuple[str, str, str]]
    """Case -> what was said, what it was, what the engine said."""
    handovers: tuple[Handover, ...] = ()
    seconds: dict[str, float] | None = None


def score(desk: Desk, done: Done) -> Result:
    """The result of an exercise. The engine is held to the same verdicts, scope and containment; nobody judges its questions and its time."""
    verdict = _verdict(desk, done.stated, {n for n, asked in done.asked.items() if asked}, _grounded(desk, done))
    mine = (verdict, _scope(desk, done.stated), _containment(desk, done.stated), _questions(desk, done), _time(desk, done, verdict.share or 0.0))
    everything = {str(n) for n in range(1, len(desk.cards) + 1)}
    engine = (_verdict(desk, desk.engine, everything, everything), _scope(desk, desk.engine), _containment(desk, desk.engine))
    return Result(
        score=total(mine), parts=mine, engine_score=total(engine), engine=engine, missed=tuple(_missed(desk, done)), unseen=desk.unseen, minutes=done.minutes, budget=desk.budget,
        verdicts={str(n): (done.stated.verdicts.get(str(n), "none"), _truth(c), c.engine) for n, c in enumerate(desk.cards, 1)},
        handovers=tuple(done.handovers), seconds=dict(done.seconds) if done.team else None,
    )


def total(parts: Sequence[Part]) -> int:
    """Points of a hundred, of what the exercise asked for."""
    asked = [p for p in parts if p.share is not None]
    return round(100 * sum(p.points for p in asked) / sum(p.worth for p in asked)) if asked else 0


def _truth(card: Card) -> str:
    return HOSTILE if card.hostile else INNOCENT


def _right(card: Card, said: str) -> float:
    return 0.5 if said == UNDECIDED else float(said == _truth(card))


def _grounded(desk: Desk, done: Done) -> set[str]:
    """The cases of which an answer was heard that speaks for what they are, or any answer where none does."""
    out = set()
    for n, card in enumerate(desk.cards, 1):
        side, asked = 1 if card.hostile else -1, done.asked_of(n)
        speaks = {str(q) for q, p in enumerate(card.prompts, 1) if side * p.lean >= TELLS}
        if asked and (asked & speaks or not speaks):
            out.add(str(n))
    return out


def _verdict(desk: Desk, stated: Stated, looked: set[str], grounded: set[str]) -> Part:
    """How far the verdicts are from one word for all: hits on the one side are worth what they are on the other, and a guess is worth nothing.

    Where all cases are of one side, one word for all is right: a verdict counts half there unless an answer was heard that speaks for it.
    """
    one_sided = len({card.hostile for card in desk.cards}) == 1
    sides: dict[str, list[float]] = {}
    guesses = 0
    for n, card in enumerate(desk.cards, 1):
        said = stated.verdicts.get(str(n))
        guesses += said is not None and str(n) not in looked
        credit = 0.0 if str(n) not in looked else 0.5 if one_sided and str(n) not in grounded else 1.0
        sides.setdefault(_truth(card), []).append(_right(card, said) * credit if said else 0.0)
    rates = {side: sum(hits) / len(hits) for side, hits in sides.items()}
    share = max(sum(rates.values()) - 1.0, 0.0) if len(rates) == 2 else sum(rates.values())
    because = ", ".join(f"{sum(sides[s]):g} of {len(sides[s])} {s} cases were called so" for s in (HOSTILE, INNOCENT) if s in sides)
    because += "; a case counts half unless an answer was heard that speaks for it" if one_sided else "; the same word for all is worth nothing"
    return Part("verdict", WORTH["verdict"], round(share, 3), because + (f"; {guesses} verdicts were given without a question, and count as none" if guesses else ""))


def _scope(desk: Desk, stated: Stated) -> Part:
    named, own, apart = {name.lower() for _, name in stated.scope}, set(desk.own), set(desk.involved)
    right, wrong = named & own, named - own - apart
    worth = WORTH["scope"]
    if not own:
        return Part("scope", worth, 0.0 if wrong else None, f"nothing was attacked, and {len(wrong)} entities were named" if wrong else "nothing was attacked")
    if not right:
        return Part("scope", worth, 0.0, f"none of the attack's entities was named, {len(wrong)} others were")
    precision = len(right) / (len(right) + len(wrong))
    wanted = min(max(len(set(desk.seen)), 1), ENOUGH)
    recall = min(len(right) / wanted, 1.0)
    return Part("scope", worth, round(2 * precision * recall / (precision + recall), 3), f"precision {precision:.2f} ({len(wrong)} entities are innocent), recall {recall:.2f} ({len(right)} named of the {wanted} that were wanted)")


def _containment(desk: Desk, stated: Stated) -> Part:
    share, because = _fit(desk, stated.containment)
    return Part("containment", WORTH["containment"], share, because)


def _fit(desk: Desk, first: tuple[str, str, str] | None) -> tuple[float | None, str]:
    if first is None:
        return (0.0, "nothing was contained") if desk.own else (None, "nothing was to be contained")
    action, kind, name = first
    if name.lower() not in desk.own and name.lower() not in desk.involved:
        return 0.0, "it stops somebody innocent"
    if not _able(action, (kind, name)):
        return 0.25, f"{action} does nothing to this {kind}"
    if action not in AT_ONCE:
        return 0.5, "that repairs; an intruder is stopped first"
    if name.lower() in desk.own or (action, name.lower()) in {(a, n.lower()) for a, _, n in desk.advised}:
        return 1.0, "it stops the intruder at once"
    return 0.5, "it is done to what the attack touched, not to what the intruder holds"


def _able(action: str, about: Thing) -> bool:
    """Nobody isolates a stranger's machine, or blocks one of ours at the edge."""
    kind, name = about
    if kind == "ip" and action in ("isolate", "block"):
        return (action == "isolate") == _inside(name)
    return kind in SUITS.get(action, ())


def _inside(address: str) -> bool:
    try:
        return any(ipaddress.ip_address(address) in n for n in _INSIDE)
    except ValueError:
        return False


def _questions(desk: Desk, done: Done) -> Part:
    """Was what was asked worth asking, and was what tells asked?"""
    asked = [(card, p) for n, card in enumerate(desk.cards, 1) for q in done.asked.get(str(n), ()) for p in [card.prompts[int(q) - 1]]]
    if not asked:
        return Part("questions", WORTH["questions"], 0.0, "no question was asked")
    telling = sum(abs(p.lean) >= TELLS for _, p in asked)
    found = [n for n, card in enumerate(desk.cards, 1) if any(_shows(card, card.prompts[int(q) - 1]) for q in done.asked.get(str(n), ()))]
    able = [n for n, card in enumerate(desk.cards, 1) if any(_shows(card, p) for p in card.prompts)]
    precision, recall = telling / len(asked), len(set(found) & set(able)) / max(len(able), 1)
    share = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Part("questions", WORTH["questions"], round(share, 3), f"{telling} of {len(asked)} answers said something; in {len(set(found) & set(able))} of {len(able)} cases a question was asked that shows what it is")


def _shows(card: Card, prompt: Prompt) -> bool:
    """Does the answer speak for the truth, and nearly as clearly as any does?"""
    side = 1 if card.hostile else -1
    best = max((side * p.lean for p in card.prompts), default=0.0)
    return side * prompt.lean >= max(best / 2, TELLS)


def _time(desk: Desk, done: Done, verdict: float) -> Part:
    free = QUICK * desk.budget
    speed = 1.0 if done.minutes <= free else max((desk.budget - done.minutes) / (desk.budget - free), 0.0)
    return Part("time", WORTH["time"], round(speed * verdict, 3), f"{done.minutes} of {desk.budget} minutes; quick is worth as much as it is right")


def _missed(desk: Desk, done: Done) -> list[Missed]:
    out = []
    for n, card in enumerate(desk.cards, 1):
        said = done.stated.verdicts.get(str(n), "none")
        if said == _truth(card):
            continue
        side = 1 if card.hostile else -1
        best = max(enumerate(card.prompts, 1), key=lambda p: side * p[1].lean, default=None)
        if best is None or side * best[1].lean < TELLS:
            out.append(Missed(n, said, _truth(card), card.truth, "", "", 0.0, False))
        else:
            number, p = best
            out.append(Missed(n, said, _truth(card), card.truth, p.text, p.answer, round(p.lean, 1), str(number) in done.asked_of(n)))
    return out
