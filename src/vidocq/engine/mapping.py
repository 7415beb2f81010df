"""Compiles a source's maps: column -> expression over fields becomes one statement per event class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vidocq.model.source import Map, Source

FIELD = re.compile(r"\{(?!\d*,?\d*\})([^{}]+)\}")
"""A field in an expression. Digits alone in braces are a quantifier of a regular expression: no field is named so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Statements over a table `batch(pos, digest, raw, f)`.

    `prepare` makes `cut(pos, digest, ok, m, x, variant)`: `x` the fields as text, `m` the number of the map that takes the record (0: none).
    """

    prepare: str
    select: tuple[tuple[Map, str], ...]


def plan(source: Source, cells: Sequence[str] | None, unset: Sequence[str], variant: str = "") -> Plan:
    """How records of this source become events; `cells` are the column names of delimited ones, None for JSON."""
    told = (*source.terms.values(), *(text for m in source.maps for text in (m.when, *m.columns.values())))
    wanted = sorted({name for text in told for name in FIELD.findall(text)} - source.terms.keys())
    known = {name: f"x[{i}]" for i, name in enumerate(wanted, 1)} | {name: f'"term {name}"' for name in source.terms}
    if cells is None:
        paths = ", ".join(_quote(_path(name, source.flat)) for name in wanted)
        # An empty object stands in for what does not parse: it has no field, and is refused by `ok`.
        extracted = f"json_extract_string(CASE WHEN json_valid(raw) THEN raw ELSE '{{}}' END, [{paths}])" if wanted else "[]"
        ok = "json_valid(raw) AND json_type(CASE WHEN json_valid(raw) THEN raw ELSE '{}' END) = 'OBJECT'"
    else:
        gone = ", ".join(_quote(u) for u in unset)
        at = {name: i for i, name in enumerate(cells, 1)}
        each = (f"CASE WHEN f[{at[n]}] IN ({gone}) THEN NULL ELSE f[{at[n]}] END" if n in at else "NULL::VARCHAR" for n in wanted)
        extracted, ok = f"[{', '.join(each)}]" if wanted else "[]", "TRUE"
    exclusive = [m for m in source.maps if not m.also]
    arms = " ".join(f"WHEN {_fill(m.when, known)} THEN {source.maps.index(m) + 1}" for m in exclusive)
    prepare = (
        f"WITH fields AS (SELECT pos, digest, raw, {_quote(variant)} AS variant, {ok} AS ok, {extracted} AS x FROM batch)"
        f" SELECT pos, digest, variant, ok, x, raw, CASE WHEN NOT ok THEN 0 {arms} ELSE 0 END AS m FROM fields"
    )
    select = []
    for n, m in enumerate(source.maps, 1):
        chosen = f"ok AND ({_fill(m.when, known)})" if m.also else f"m = {n}"
        body = ", ".join(f'{_fill(sql, known)} AS "{name}"' for name, sql in m.columns.items())
        select.append((m, f"SELECT pos, digest, {body} FROM {_with_terms(source, m, known, f'(SELECT * FROM cut WHERE {chosen})')}"))
    return Plan(prepare, tuple(select))


def _with_terms(source: Source, m: Map, known: dict[str, str], rows: str) -> str:
    """The rows with a column for each term that this map needs."""
    needed = {name for sql in m.columns.values() for name in FIELD.findall(sql)}
    for name, sql in reversed(list(source.terms.items())):
        if name in needed:
            needed.update(FIELD.findall(sql))
    for name, sql in source.terms.items():
        if name in needed:
            # One statement within another: a name from the same one would be written out again wherever it is used.
            rows = f"(SELECT *, {_fill(sql, known)} AS {known[name]} FROM {rows})"
    return rows


def _fill(sql: str, known: dict[str, str]) -> str:
    return FIELD.sub(lambda found: known[found[1]], sql)


def _path(name: str, flat: bool) -> str:
    if flat:
        return f'$."{name}"'
    steps = re.findall(r"[^.\[\]]+|\[\d+\]", name)
    return "$" + "".join(s if s.startswith("[") else f'."{s}"' for s in steps)


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
