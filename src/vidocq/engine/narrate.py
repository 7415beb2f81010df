"""Explanations, composed from answers: every sentence can be traced to rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from vidocq.engine.book import Book
from vidocq.engine.judge import DISMISS, RAISE
from vidocq.engine.ledger import Answer, Case
from vidocq.model.entity import Entity, Kind


def named(entities: Sequence[Entity]) -> str:
    """The entities as a sentence names them. A process goes by a number that says nothing: the alert names the program."""
    return " and ".join("the program" if e.kind == Kind.PROCESS else e.name for e in entities)


def lowered(title: str) -> str:
    """A title inside a sentence; an abbreviation stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def meaning(book: Book, a: Answer) -> str:
    """What an answer means, as its author says it, or the question with its answer."""
    q = book.questions[a.question]
    said = q.means.get(a.grade)
    return f"{named(a.entities)}: {said.rstrip('.')}" if said else f"{q.text.rstrip('?')}? ({named(a.entities)}): {a.grade}"


def strongest(bits: np.ndarray, counted: np.ndarray, rows: Sequence[int], hypothesis: int, sign: int, most: int = 3) -> list[int]:
    """The rows that counted most for (sign 1) or against (-1) a hypothesis."""
    found = [r for r in rows if counted[r, hypothesis] and sign * bits[r, hypothesis] > 0]
    return sorted(found, key=lambda r: (-abs(bits[r, hypothesis]), r))[:most]


def verdict_word(margin: float) -> str:
    return "raised" if margin >= RAISE else "dismissed" if margin <= DISMISS else "undecided"


def case_summary(book: Book, case: Case, margin: float, leading: int, rival: int, sentences: Mapping[str, Sequence[str]], gaps: Sequence[str], unasked: int, why_incident: str = "") -> str:
    """A few sentences: the verdict, what spoke for it, what spoke against it, what could not be seen."""
    h = book.hypotheses[leading]
    parts = []
    if margin >= RAISE:
        parts.append(f"Raised: {h.text} It stands {margin:.1f} bits above the doubt.")
    elif margin <= DISMISS and rival >= 0:
        parts.append(f"Dismissed: {book.hypotheses[rival].text} That explains it better than the strongest hostile reading ({lowered(h.title)}), which ends {abs(margin):.1f} bits weaker than the innocent reading.")
    elif margin <= DISMISS:
        parts.append(f"Dismissed: too little speaks for a hostile reading; the strongest, {lowered(h.title)}, ends {abs(margin):.1f} bits below even odds.")
    else:
        parts.append(f"Undecided: {lowered(h.title)} and its innocent readings are about as likely ({margin:+.1f} bits).")
    parts += _spoken(lowered(h.title) if margin <= DISMISS else "", sentences)
    if gaps:
        parts.append("Not seen: " + "; ".join(gaps) + ".")
    if unasked:
        parts.append(f"{f'{unasked} questions were' if unasked > 1 else 'One question was'} not asked; none could have changed the verdict.")
    if why_incident:
        parts.append(why_incident)
    return " ".join(parts)


def _spoken(title: str, sentences: Mapping[str, Sequence[str]]) -> list[str]:
    """What speaks for the leading reading and against it, in one sentence; it is named where the verdict before it was for another."""
    supports, against = ("; ".join(sentences.get(side, ())) for side in ("for", "against"))
    if not title:
        return [f"{head}: {said}." for head, said in (("For it", supports), ("Against it", against)) if said]
    if supports and against:
        return [f"Speaks for {title}: {supports}; speaks against it: {against}."]
    return [f"Speaks {side} {title}: {said}." for side, said in (("for", supports), ("against", against)) if said]


def incident_summary(seen: Sequence[str], innocent: str, steps: Sequence[str]) -> str:
    """Three short paragraphs: what was seen, how it could be innocent and why that loses, what to do next."""
    return "\n\n".join(["What was seen: " + " ".join(seen), "Could it be innocent? " + innocent, "Next: " + " ".join(steps)])
