"""What people say of their own machines, accounts and data."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.entity import LOWER_CASE
from vidocq.model.event import CONTEXT

TEXT = ("kind", "name", "owner", "criticality", "note")
FLAGS = ("vip", "decoy")
TIMES = ("test_from", "test_until", "maintenance_from", "maintenance_until")
KNOWN = frozenset(c.name for c in CONTEXT["asset"])
_YES, _NO = frozenset({"yes", "true", "1", "y", "x"}), frozenset({"no", "false", "0", "n"})


def of_csv(text: str, problems: list[str], file: str) -> Iterator[dict[str, Any]]:
    """The rows of an asset table; a cell that is not understood is a problem, and NULL."""
    for n, row in enumerate(csv.DictReader(io.StringIO(text), skipinitialspace=True), 2):
        plain = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        yield from of_row(plain, problems, f"{file}:{n}")


def of_row(row: Mapping[str, Any], problems: list[str], at: str) -> Iterator[dict[str, Any]]:
    """One asset, or none and a problem."""
    cells = {k: str(v).strip() for k, v in row.items() if k in KNOWN and v is not None}
    if not cells.get("kind") or not cells.get("name"):
        problems.append(f"{at}: an asset needs a kind and a name; the row is skipped")
        return
    out: dict[str, Any] = dict.fromkeys(KNOWN)
    out |= {k: cells.get(k) or None for k in TEXT}
    out["kind"] = cells["kind"].lower()
    if out["kind"] in LOWER_CASE:
        out["name"] = cells["name"].lower()
    for column in FLAGS:
        said = cells.get(column, "").lower()
        out[column] = True if said in _YES else False if said in _NO else None
        if said and out[column] is None:
            problems.append(f"{at}: {column} is {said!r}; write yes or no")
    for column in TIMES:
        out[column] = _time(cells.get(column, ""), problems, f"{at}: {column}")
    yield out


def _time(text: str, problems: list[str], at: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        problems.append(f"{at} is {text!r}; write it as 2026-01-31T08:00:00Z")
        return None
    return when.astimezone(dt.UTC).replace(tzinfo=None) if when.tzinfo else when
