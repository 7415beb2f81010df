"""What an event must hold for a rule to meet it: texts that can be searched for, all rules' at once, before any condition is carried out.

A clue is necessary, never sufficient. Of an AND one part's clue is enough; of an OR every part has to have one; a NOT has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sigma.types as st
from sigma.conditions import ConditionAND, ConditionFieldEqualsValueExpression, ConditionOR, ConditionValueExpression

from vidocq.operations.sigma.condition import NOBODY, Needs, merged


@dataclass(frozen=True, slots=True)
class Literal:
    """A text that a column of lower case has to hold: anywhere, or from its beginning or to its end."""

    column: str
    text: str
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """Each of these is necessary."""

    parts: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these is necessary."""

    parts: tuple[Clue, ...]


Clue = Literal | Both | Either


def clue_of(part: Any, needs: Needs) -> Clue | None:
    """The clue of a parsed condition; None where it has none."""
    if isinstance(part, ConditionAND):
        known = tuple(c for a in part.args if (c := clue_of(a, needs)))
        return Both(known) if known else None
    if isinstance(part, ConditionOR):
        return _either([clue_of(a, needs) for a in part.args])
    if isinstance(part, ConditionFieldEqualsValueExpression):
        return _of_value(part.value, lambda: needs.lowered(part.field), anywhere=False)
    if isinstance(part, ConditionValueExpression):
        return _of_value(part.value, lambda: "lt", anywhere=True)
    return None


def _either(clues: list[Clue | None]) -> Clue | None:
    known = tuple(c for c in clues if c)
    return Either(known) if known and len(known) == len(clues) else None


def _of_value(value: Any, column: Callable[[], str], *, anywhere: bool) -> Clue | None:
    if isinstance(value, st.SigmaExpansion):
        return _either([_of_value(v, column, anywhere=anywhere) for v in value.values])
    if isinstance(value, st.SigmaString):
        return _of_text(merged(value.s), column, anywhere)
    if isinstance(value, st.SigmaBool):
        return Literal(column(), str(value.boolean).lower(), not anywhere, not anywhere)
    if isinstance(value, st.SigmaNumber) and not isinstance(value, st.SigmaTimestampPart):
        return Literal(column(), str(value.number), not anywhere, not anywhere)
    return None


def _of_text(parts: list[Any], column: Callable[[], str], anywhere: bool) -> Clue | None:
    """The longest text between wildcards. One that only looks for letter case is in lower case where its field is, too."""
    if not anywhere and (not parts or (len(parts) == 1 and parts[0] in NOBODY)):
        return None
    at = max((n for n, p in enumerate(parts) if isinstance(p, str)), key=lambda n: len(parts[n]), default=None)
    if at is None:
        return None
    return Literal(column(), parts[at].encode("utf-8", "replace").decode("utf-8"), at == 0 and not anywhere, at == len(parts) - 1 and not anywhere)


def literals(clue: Clue) -> set[Literal]:
    """Every text that a clue speaks of."""
    return {clue} if isinstance(clue, Literal) else {found for part in clue.parts for found in literals(part)}


def cheapest(clue: Clue, cost: Callable[[Literal], float]) -> tuple[float, frozenset[Literal]]:
    """Texts one of which is necessary, chosen so that they cost least, and what they cost."""
    if isinstance(clue, Literal):
        return cost(clue), frozenset({clue})
    each = [cheapest(part, cost) for part in clue.parts]
    if isinstance(clue, Both):
        return min(each, key=lambda c: (c[0], len(c[1])))
    return sum(c for c, _ in each), frozenset().union(*(chosen for _, chosen in each))
