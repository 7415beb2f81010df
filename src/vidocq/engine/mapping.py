"""Compiles a source's maps: column -> expression over fields becomes one statement per event class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vidocq.model.source import Map, Source

FIELD = re.compile(r"\{(?!\d*,?\d*\})([^{}]+)\}")
"""A field in an expression. Digits alone in braces are a quantifier of a regular expression: no field is named so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Statements over a table `batch(n, pos, digest, raw, f1, f2 …)`: records by number, `pos` their place in the file, `f` the cells of delimited ones.

    `prepare` makes `cut(n, ok, m, a2 …)` beside what the others need: `ok` says whether the record can be read, `m` is the number
    from 1 of the map that takes it (0: none), and `a2` says whether the second map takes it too, if it is one of those that do.
    """

    prepare: str
    select: tuple[tuple[Map, str], ...]


def plan(source: Source, cells: Sequence[str] | None, unset: Sequence[str], variant: str = "") -> Plan:
    """How records of this source become events; `cells` are the column names of delimited ones, None for JSON."""
    reader = _Cells({name: f"f{i}" for i, name in enumerate(cells, 1) if name in read_by(source)}, tuple(unset)) if cells is not None else _Json(source.flat)
    whens = _names((m.when for m in source.maps), source)
    known = reader.known(whens)
    arms = " ".join(f"WHEN {_fill(m.when, known)} THEN {n}" for n, m in enumerate(source.maps, 1) if not m.also)
    also = "".join(f", ok AND COALESCE({_fill(m.when, known)}, FALSE) AS a{n}" for n, m in enumerate(source.maps, 1) if m.also)
    rows = reader.read(whens, f"(SELECT *, {_quote(variant)} AS variant, {reader.ok} AS ok FROM batch)")
    prepare = f"SELECT {', '.join(('n', 'pos', 'digest', 'variant', 'ok', *reader.kept))}, CASE WHEN NOT ok THEN 0 {arms} ELSE 0 END AS m{also} FROM {rows}"
    return Plan(prepare, tuple((m, _select(source, m, n, reader)) for n, m in enumerate(source.maps, 1)))


def read_by(source: Source) -> frozenset[str]:
    """The fields that a source's maps read."""
    return frozenset(_names((text for m in source.maps for text in (m.when, *m.columns.values())), source))


def _select(source: Source, m: Map, n: int, reader: _Json | _Cells) -> str:
    names = _names(m.columns.values(), source)
    terms = {name: f'"term {name}"' for name in source.terms}
    known = reader.known(names) | terms
    rows = reader.read(names, f"(SELECT * FROM cut WHERE {f'a{n}' if m.also else f'm = {n}'})")
    used = _used(m.columns.values(), source)
    for name, sql in source.terms.items():
        if name in used:
            # One statement within another: a name given in the same one would be written out wherever it is used.
            rows = f"(SELECT *, {_fill(sql, known)} AS {terms[name]} FROM {rows})"
    body = ", ".join(f'{_fill(sql, known)} AS "{name}"' for name, sql in m.columns.items())
    return f"SELECT n, digest, {body} FROM {rows}"


@dataclass(frozen=True, slots=True)
class _Json:
    """Fields of objects: one list of text for all that a statement reads, since every extraction parses the record."""

    flat: bool
    kept: tuple[str, ...] = ("raw",)
    ok: str = "json_valid(raw) AND (starts_with(raw, '{') OR json_type(CASE WHEN json_valid(raw) THEN raw ELSE '{}' END) = 'OBJECT')"

    def known(self, names: Sequence[str]) -> dict[str, str]:
        return {name: f"x[{i}]" for i, name in enumerate(names, 1)}

    def read(self, names: Sequence[str], rows: str) -> str:
        paths = ", ".join(_quote(_path(name, self.flat)) for name in names)
        return f"(SELECT *, json_extract_string(CASE WHEN ok THEN raw END, [{paths}]) AS x FROM {rows})" if names else rows


@dataclass(frozen=True, slots=True)
class _Cells:
    """Fields of delimited records: a column each, `cells` by name."""

    cells: Mapping[str, str]
    unset: tuple[str, ...]
    ok: str = "TRUE"

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(self.cells.values())

    def known(self, names: Sequence[str]) -> dict[str, str]:
        gone = ", ".join(_quote(u) for u in self.unset)
        return {n: f"CASE WHEN {self.cells[n]} IN ({gone}) THEN NULL ELSE {self.cells[n]} END" if n in self.cells else "NULL::VARCHAR" for n in names}

    def read(self, names: Sequence[str], rows: str) -> str:
        return rows


def _names(texts: Iterable[str], source: Source) -> list[str]:
    """The fields that expressions read, themselves or through terms."""
    return sorted(_used(texts, source) - source.terms.keys())


def _used(texts: Iterable[str], source: Source) -> set[str]:
    found = {name for text in texts for name in FIELD.findall(text)}
    # A term is made of fields and of earlier terms.
    for name, sql in reversed(list(source.terms.items())):
        if name in found:
            found.update(FIELD.findall(sql))
    return found


def _fill(sql: str, known: dict[str, str]) -> str:
    return FIELD.sub(lambda found: known[found[1]], sql)


def _path(name: str, flat: bool) -> str:
    if flat:
        return f'$."{name}"'
    steps = re.findall(r"[^.\[\]]+|\[\d+\]", name)
    return "$" + "".join(s if s.startswith("[") else f'."{s}"' for s in steps)


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
