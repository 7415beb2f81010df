"""The condition of a Sigma rule as a condition in SQL.

A field's text is compared without regard to case; a field that an event does not have meets nothing but `null`. Every part is TRUE, FALSE or
NULL, and NULL counts as FALSE: `NOT` asks so, and so does the `WHERE` around the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sigma.types as st
from sigma.conditions import ConditionAND, ConditionFieldEqualsValueExpression, ConditionNOT, ConditionOR, ConditionValueExpression

from vidocq.operations.sigma.rules import Unusable

LARGEST = 20_000
"""Parts of one condition."""
DEEPEST = 100
NOBODY = frozenset({"", "-", "(null)"})
"""What a log writes for a value it does not have; it is not stored."""
_NAME = re.compile(r"[\w .\-@/()#:{}\[\]]{1,120}")
_WILD = {st.SpecialChars.WILDCARD_MULTI: "*", st.SpecialChars.WILDCARD_SINGLE: "?"}


@dataclass(slots=True)
class Needs:
    """What the conditions of a table read: fields (as written, in lower case), the whole text, and networks by field."""

    raw: dict[str, int] = field(default_factory=dict)
    lower: dict[str, int] = field(default_factory=dict)
    nets: dict[str, set[str]] = field(default_factory=dict)
    text: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    known: frozenset[str] | None = None
    """The fields there are; None for any. A filter on a field that nobody keeps would let through what it should stop."""

    def number(self, name: str) -> int:
        """The number of a field: its columns are named by it, never by what a rule calls it."""
        if not _NAME.fullmatch(name):
            raise Unusable(f"no field is named {name[:60]!r}")
        if self.known is not None and name not in self.known:
            raise Unusable(f"the field {name} is not kept of logs of this kind")
        return self.numbers.setdefault(name, len(self.numbers))

    def as_written(self, name: str) -> str:
        return f"r{self.raw.setdefault(name, self.number(name))}"

    def lowered(self, name: str) -> str:
        return f"l{self.lower.setdefault(name, self.number(name))}"

    def within(self, name: str, network: str) -> str:
        self.lowered(name)
        self.nets.setdefault(name, set()).add(network)
        return f"n{self.number(name)}"


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    if "\0" in text:
        raise Unusable("a value holds a NUL, which no stored text has")
    return "'" + text.encode("utf-8", "replace").decode("utf-8").replace("'", "''") + "'"


def condition_sql(parsed: Any, needs: Needs, check_regex: Callable[[str], None]) -> str:
    """The condition of a parsed rule; `check_regex` raises Unusable for what the store's engine does not take."""
    return _Walk(needs, check_regex).said(parsed, 0)


@dataclass(slots=True)
class _Walk:
    needs: Needs
    check_regex: Callable[[str], None]
    count: int = 0

    def said(self, part: Any, depth: int) -> str:
        self.count += 1
        if self.count > LARGEST or depth > DEEPEST:
            raise Unusable("its condition is too large")
        if isinstance(part, ConditionAND | ConditionOR):
            word = " AND " if isinstance(part, ConditionAND) else " OR "
            return "(" + word.join(self.said(a, depth + 1) for a in part.args) + ")"
        if isinstance(part, ConditionNOT):
            return f"(NOT COALESCE({self.said(part.args[0], depth + 1)}, FALSE))"
        if isinstance(part, ConditionFieldEqualsValueExpression):
            return self.value(part.value, lambda: self.needs.lowered(part.field), lambda: self.needs.as_written(part.field), part.field)
        if isinstance(part, ConditionValueExpression):
            return self.keyword(part.value)
        raise Unusable("its condition is empty")

    def keyword(self, value: Any) -> str:
        """A text anywhere in the event."""
        self.needs.text = True
        if isinstance(value, st.SigmaString) and not isinstance(value, st.SigmaCasedString):
            star = st.SpecialChars.WILDCARD_MULTI
            return text_sql("lt", [star, *value.s, star], lowered=True)
        if isinstance(value, st.SigmaNumber):
            return text_sql("lt", [st.SpecialChars.WILDCARD_MULTI, str(value.number), st.SpecialChars.WILDCARD_MULTI], lowered=True)
        if isinstance(value, st.SigmaCasedString):
            return text_sql("t", [st.SpecialChars.WILDCARD_MULTI, *value.s, st.SpecialChars.WILDCARD_MULTI], lowered=False)
        if isinstance(value, st.SigmaRegularExpression):
            return self.regex("t", value)
        if isinstance(value, st.SigmaExpansion):
            return "(" + " OR ".join(self.keyword(v) for v in value.values) + ")"
        raise Unusable(f"a keyword cannot be a {type(value).__name__.removeprefix('Sigma')}")

    def value(self, value: Any, lower: Callable[[], str], raw: Callable[[], str], name: str) -> str:
        if isinstance(value, st.SigmaCasedString):
            return text_sql(raw(), value.s, lowered=False)
        if isinstance(value, st.SigmaString):
            return text_sql(lower(), value.s, lowered=True)
        if isinstance(value, st.SigmaBool):
            return f"{lower()} = '{str(value.boolean).lower()}'"
        if isinstance(value, st.SigmaTimestampPart):
            raise Unusable("parts of a time are not supported")
        if isinstance(value, st.SigmaNumber):
            return f"{lower()} = '{value.number}'"
        if isinstance(value, st.SigmaRegularExpression):
            return self.regex(raw(), value)
        if isinstance(value, st.SigmaCIDRExpression):
            network = str(value.network)
            return f"list_contains({self.needs.within(name, network)}, {quoted(network)})"
        if isinstance(value, st.SigmaCompareExpression):
            return f"TRY_CAST({lower()} AS DOUBLE) {_COMPARE[value.op.name]} {float(value.number.number)!r}"
        if isinstance(value, st.SigmaNull):
            return f"{lower()} IS NULL"
        if isinstance(value, st.SigmaExists):
            return f"{lower()} IS {'NOT ' if value.exists else ''}NULL"
        if isinstance(value, st.SigmaFieldReference):
            return self.reference(lower(), value)
        if isinstance(value, st.SigmaExpansion):
            return "(" + " OR ".join(self.value(v, lower, raw, name) for v in value.values) + ")"
        raise Unusable(f"a value of the kind {type(value).__name__.removeprefix('Sigma')} is not supported")

    def reference(self, column: str, value: Any) -> str:
        other = self.needs.lowered(value.field)
        if value.starts_with and value.ends_with:
            return f"contains({column}, {other})"
        if value.starts_with:
            return f"starts_with({column}, {other})"
        return f"ends_with({column}, {other})" if value.ends_with else f"{column} = {other}"

    def regex(self, column: str, value: Any) -> str:
        flags = "".join(sorted(value.sigma_to_re_flag[f] for f in value.flags))
        pattern = (f"(?{flags})" if flags else "") + str(value.regexp)
        self.check_regex(pattern)
        return f"regexp_matches({column}, {quoted(pattern)})"


_COMPARE = {"LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "NEQ": "<>"}


def merged(parts: Iterable[Any]) -> list[Any]:
    """The texts and wildcards of a pattern, no two texts and no two stars beside each other."""
    out: list[Any] = []
    for p in parts:
        if isinstance(p, st.Placeholder):
            raise Unusable(f"nothing says what %{p.name}% stands for")
        if isinstance(p, str) and out and isinstance(out[-1], str):
            out[-1] += p
        elif not (p is st.SpecialChars.WILDCARD_MULTI and out and out[-1] is p):
            out.append(p)
    return out


def text_sql(column: str, parts: Iterable[Any], *, lowered: bool) -> str:
    """A column's text is, or looks like, this text with wildcards."""
    pattern = merged(parts)
    wild = [p for p in pattern if not isinstance(p, str)]
    text = "".join(p for p in pattern if isinstance(p, str))

    def literal(t: str) -> str:
        # The store's own idea of lower case, for the rule as for the event.
        return f"lower({quoted(t)})" if lowered else quoted(t)

    if not wild:
        return f"({column} = {literal(text)} OR {column} IS NULL)" if text in NOBODY else f"{column} = {literal(text)}"
    star = st.SpecialChars.WILDCARD_MULTI
    if not text and wild == [star]:
        return f"{column} IS NOT NULL"
    if text and wild == [star] and pattern[0] is star:
        return f"ends_with({column}, {literal(text)})"
    if text and wild == [star] and pattern[-1] is star:
        return f"starts_with({column}, {literal(text)})"
    if text and wild == [star, star] and len(pattern) == 3 and pattern[0] is star and pattern[2] is star:
        return f"contains({column}, {literal(text)})"
    # An automaton: no choice of wildcards makes it slow.
    expression = "".join(_escaped(p) if isinstance(p, str) else ".*" if p is star else "." for p in pattern)
    return f"regexp_full_match({column}, '(?s)' || {literal(expression)})"


def _escaped(text: str) -> str:
    # Digits and letters need no escape, and a backslash before one would mean something.
    return re.sub(r"([^\w\s])", r"\\\1", text, flags=re.ASCII) if text.isascii() else "".join(re.sub(r"([^\w\s])", r"\\\1", c) if c.isascii() else c for c in text)
