"""The events a rule could meet, before its condition is carried out: those that hold one of the texts it cannot do without."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vidocq.operations.sigma.clues import Clue, Literal, cheapest, literals
from vidocq.operations.sigma.search import Rarity, Sought, Texts, search
from vidocq.store.duckdb import Store

TOO_LONG = 32_768
"""Bytes of a value that is not searched: its event is a candidate of every rule that asks about its column. No command line of Windows is longer."""
AT_ONCE = 64 << 20
"""Bytes of a column that are searched together."""
_BLOCK = 4096
_SAMPLED = 20_000
MANY, FEW = 4, 10_000
"""A rule that more than one event in this many could meet, and more than a few, is carried out over all: the list of them would only cost."""
SEVERAL = 15
"""A search costs about as much as this many rules carried out over all events: fewer are."""
Rows = NDArray[np.int64]
NONE: Rows = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Held:
    """Which rows of a column hold a text (None: too many to list), and which are candidates whatever is sought."""

    rows: dict[Literal, Rows | None]
    unsearched: Rows


def candidates(store: Store, clues: Sequence[Clue | None]) -> list[Rows | None]:
    """For each clue the rows of `sigma_event` that may meet it; None where they all may."""
    known = {literal for clue in clues if clue for literal in literals(clue)}
    total = store.count("sigma_event")
    if len(clues) < SEVERAL or not known or not total:
        return [None] * len(clues)
    sought = _sought(store, known)
    rarity = {column: _rarity(store, column) for column in {literal.column for literal in known}}
    share = {literal: rarity[literal.column].share(sought[literal].text) for literal in known}
    chosen = [_chosen(clue, share) for clue in clues]
    wanted: dict[str, set[Literal]] = {}
    for literal in {literal for group in chosen if group for literal in group}:
        wanted.setdefault(literal.column, set()).add(literal)
    most = max(total // MANY, FEW)
    held = {column: _held(store, column, {w: sought[w] for w in of}, most) for column, of in wanted.items()}
    return [_rows(group, held, most) if group else None for group in chosen]


def _chosen(clue: Clue | None, share: dict[Literal, float]) -> frozenset[Literal] | None:
    """The texts to search for; None where one of them is too short in lower case, or there is no clue."""
    cost, texts = cheapest(clue, share.__getitem__) if clue else (math.inf, None)
    return texts if cost < math.inf else None


def _sought(store: Store, known: set[Literal]) -> dict[Literal, Sought]:
    """What to search for, in lower case as the store has it: the events' texts are in it too."""
    texts = sorted({literal.text for literal in known})
    table = store.query("SELECT n, lower(t) AS t FROM texts", texts=pa.table({"n": pa.array(range(len(texts))), "t": texts}))
    lower = {texts[n]: t.encode() for n, t in zip(table["n"].to_pylist(), table["t"].to_pylist(), strict=True)}
    return {literal: Sought(lower[literal.text], literal.first, literal.last) for literal in known}


def _rarity(store: Store, column: str) -> Rarity:
    """How rare texts are in a column, from rows all over it."""
    step = store.count("sigma_event") // _SAMPLED + 1
    rows = store.query(f"SELECT substr({column}, 1, 1000) AS v FROM sigma_event WHERE rowid % {step} = 0")["v"]
    return Rarity(Texts.of(rows.combine_chunks().fill_null("")))


def _held(store: Store, column: str, sought: dict[Literal, Sought], most: int) -> _Held:
    """The rows of a column that hold each of these. Every value is searched once, however many rows have it."""
    found: dict[Literal, list[Rows]] = {literal: [] for literal in sought}
    for first, last in _blocks(store, column):
        values = store.query(f"SELECT rowid AS n, {column} AS v FROM sigma_event WHERE rowid BETWEEN {first} AND {last} AND strlen({column}) BETWEEN 1 AND {TOO_LONG}")
        numbers = values["n"].to_numpy()
        encoded = values["v"].combine_chunks().dictionary_encode()
        order, begins = _rows_by_value(encoded)
        for literal, holders in zip(sought, search(Texts.of(encoded.dictionary), list(sought.values())), strict=True):
            found[literal].append(numbers[order[_ranges(begins[holders], begins[holders + 1])]])
    long = store.query(f"SELECT rowid AS n FROM sigma_event WHERE strlen({column}) > {TOO_LONG}")["n"].to_numpy()
    return _Held({literal: None if sum(map(len, parts)) > most else np.concatenate([NONE, *parts]) for literal, parts in found.items()}, long)


def _blocks(store: Store, column: str) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose texts are searched together."""
    first, size = 0, 0
    rows = store.rows(f"SELECT rowid // {_BLOCK} AS b, CAST(SUM(CASE WHEN strlen({column}) <= {TOO_LONG} THEN strlen({column}) END) AS BIGINT) AS size FROM sigma_event GROUP BY b ORDER BY b")
    for row in rows:
        if size and size + (row["size"] or 0) > AT_ONCE:
            yield first, row["b"] * _BLOCK - 1
            first, size = row["b"] * _BLOCK, 0
        size += row["size"] or 0
    yield first, (rows[-1]["b"] + 1) * _BLOCK


def _rows_by_value(encoded: pa.DictionaryArray) -> tuple[Rows, Rows]:
    """The places of the values one after the other, those of one value together, and where each value's begin."""
    codes = encoded.indices.to_numpy()
    begins = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=len(encoded.dictionary)))])
    return np.argsort(codes, kind="stable"), begins


def _ranges(begins: Rows, ends: Rows) -> Rows:
    """All numbers of these ranges, one range after the other."""
    lengths = ends - begins
    before = np.cumsum(lengths) - lengths
    return np.repeat(begins - before, lengths) + np.arange(int(lengths.sum()))


def _rows(group: frozenset[Literal], held: dict[str, _Held], most: int) -> Rows | None:
    parts = [held[literal.column].rows[literal] for literal in group]
    known = [p for p in parts if p is not None]
    if len(known) < len(parts) or sum(map(len, known)) > most:
        return None
    return np.unique(np.concatenate([*known, *(held[c].unsearched for c in {literal.column for literal in group})]))
