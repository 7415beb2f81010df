"""Records as a unit's function sees them, and what it makes of them as columns."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from vidocq.model.event import columns
from vidocq.model.record import mended
from vidocq.model.source import Layout, Source

ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us"),
}
_BITS = {"BIGINT": 63, "INTEGER": 31}
STRANGE = "a field is not what the format promises"


def objects(part: pa.Table, fields: Sequence[str] | None, layout: Layout, variant: str) -> Iterator[Mapping[str, Any] | None]:
    """Each record as a mapping, or None where it is none. A line of text is {`line`}; a layout's variant is the key `variant`."""
    told = {"variant": variant} if variant else {}
    if fields is not None:
        cells = [part[f"f{i}"].to_pylist() for i in range(1, len(fields) + 1)]
        yield from ({**dict(zip(fields, row, strict=True)), **told} for row in zip(*cells, strict=True))
        return
    for raw in part["raw"].to_pylist():
        if layout.form in ("lines", "message"):
            yield {layout.form.removesuffix("s"): raw, **told}
            continue
        try:
            record = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            record = None
        yield {**record, **told} if isinstance(record, dict) else None


def made_of(source: Source, record: Mapping[str, Any] | None) -> list[tuple[str, Mapping[str, Any]]] | str:
    """The events of a record, or why it has none. A unit that stumbles over a record must not stop the run."""
    assert source.rows is not None
    if record is None:
        return "not valid JSON"
    try:
        return [(table, row) for table, row in source.rows(record)] or "no kind of record this source knows"
    except Exception as e:
        return f"{STRANGE} ({type(e).__name__}: {' '.join(str(e).split())[:80]})"


def as_arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of a unit as Arrow, each value in its column's type or NULL."""
    known = columns(table)
    names = sorted({n for r in rows for n in r if n in known} | {"time", "digest"})
    arrays = {n: _column([_value(r.get(n), known[n].type) for r in rows], known[n].type) for n in names}
    return pa.table({"n": pa.array([r["n"] for r in rows], pa.int64()), **arrays})


def _column(values: list[Any], kind: str) -> pa.Array:
    try:
        return pa.array(values, ARROW[kind])
    except UnicodeEncodeError:
        # Half a surrogate pair is a string in Python and nowhere else.
        return pa.array([v and v.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for v in values], ARROW[kind])


def _value(v: Any, kind: str) -> Any:
    if v is None or v == "":
        return None
    try:
        if kind == "TIMESTAMP":
            return _time(v)
        if kind in _BITS:
            n = v if isinstance(v, int) else int(v) if isinstance(v, str) and v.isdigit() else int(float(v))
            return int(n) if abs(n) < 1 << _BITS[kind] else None
        if kind == "DOUBLE":
            x = float(v)
            return x if math.isfinite(x) else None
        if kind == "BOOLEAN":
            return v if isinstance(v, bool) else str(v).lower() in ("true", "t", "1", "yes")
        return _text(v)
    except (ValueError, TypeError, OverflowError):
        return None


def _text(v: Any) -> str:
    told = json.dumps(v, sort_keys=True, default=str) if isinstance(v, (dict, list)) else str(v).replace("\x00", "\ufffd")
    # Half a surrogate pair, spelt out, would break every statement that reads the JSON it stands in. In other text it is what was written.
    return whole if told[:1] in ("[", "{") and (whole := mended(told)) != told and _is_json(told) else told


def _is_json(told: str) -> bool:
    try:
        json.loads(told)
    except (ValueError, RecursionError):
        return False
    return True


def _time(v: Any) -> dt.datetime:
    t = v if isinstance(v, dt.datetime) else dt.datetime.fromisoformat(str(v).strip())
    return t.astimezone(dt.UTC).replace(tzinfo=None) if t.tzinfo else t
