"""The SQL a question may use: what every store understands, and understands alike.

tests/stores/ asks an example of each on every store. What is missing here is missing for a reason: `/` by zero is an error in one store and NULL
in another, CAST(2.7 AS BIGINT) rounds or cuts, upper('ß') has one letter or two, regular expressions are of two families.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

WORDS: tuple[type[exp.Expr], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like,
    exp.Case, exp.If, exp.Coalesce, exp.Cast, exp.DataType, exp.Interval, exp.Var,
    exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Abs, exp.Greatest, exp.Least, exp.Floor, exp.Ln,
    exp.Lower, exp.Length, exp.SplitPart, exp.Hour, exp.TimestampTrunc,
    # A number about a whole table, for comparison.
    exp.Subquery, exp.Select, exp.From, exp.Where, exp.Table, exp.TableAlias, exp.Count, exp.Distinct, exp.Star,
)  # fmt: skip
TYPES = frozenset({"DATE", "DOUBLE"})
"""What a value may be cast to."""
UNITS = frozenset({"SECOND", "MINUTE", "HOUR", "DAY"})
"""Lengths that are the same at every time of the year, and what times may be cut down to."""


def foreign(tree: exp.Expr) -> Iterator[str]:
    """What in an expression is not understood alike by every store, as it is written."""
    yield from (node.sql("duckdb") for node in tree.walk() if _is_foreign(node))


def _is_foreign(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.sql("duckdb") not in TYPES
    if isinstance(node, exp.Var):
        return node.name.upper().removesuffix("S") not in UNITS
    if isinstance(node, exp.In):
        return "query" in node.args
    # Whether a backslash escapes what follows is for each store to say.
    return type(node) not in WORDS or (isinstance(node, exp.Literal) and "\\" in node.name)
