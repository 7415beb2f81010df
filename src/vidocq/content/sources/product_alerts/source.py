"""Alerts of products whose shape is flat: each is a table of where things stand, in a module of this folder that ends in `PRODUCT`.

A file may hold alerts of several; each record is told by fields that only one product has. A product added edits no file.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from vidocq.content.sources.product_alerts.product import Product
from vidocq.model.clock import moment
from vidocq.model.record import at, inside, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

DEEPEST = 30
TOLD = 500
LONGEST = 32_768
# JSON as text within JSON: how a container's runtime writes down what a program prints.
_ESCAPED = '{\\"'
_LISTS = ("hits.hits", "alerts", "items", "data", "records", "value", "incidents", "results", "nodes", "issues", "alarms", "detections", "findings", "events")
_TIMES = ("timestamp", "time", "@timestamp", "createdat", "created_at", "created", "updatedat", "date", "eventtime")


@cache
def products() -> tuple[Product, ...]:
    """Every product of this folder, in order of id: those told by more fields first."""
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package)
    found = (getattr(importlib.import_module(f"{package}.{m.name}"), "PRODUCT", None) for m in pkgutil.iter_modules(folder.__path__) if m.name != "source")
    return tuple(sorted((p for p in found if isinstance(p, Product)), key=lambda p: (-max(len(m) for m in p.marks), p.id)))


def recognise(head: Head) -> Layout | None:
    said = head.text[:60_000]
    if said.lstrip("\ufeff \r\n\t")[:1] not in ("{", "["):
        return None
    lower = said.lower()
    names = names_in(lower)
    if {"class_uid", "productarn"} & names:
        return None
    if _ESCAPED in lower:
        names |= names_in(lower.replace('\\"', '"'))
    return Layout("json", within=_LISTS) if any(p.told(names) for p in products()) else None


def _carried(made: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a webhook, an index or a container's log wraps around an alert; in the last it is text."""
    inner = inside(made, "detail", "payload", "body", "_source")
    said = text(made, "log", "message") if not inner else None
    if said and said.lstrip().startswith("{"):
        try:
            parsed = lowered(nested(said))
        except ValueError:
            return {}
        return parsed if isinstance(parsed, Mapping) else {}
    return inner


def lowered(value: Any, deep: int = 0) -> Any:
    """The same with all names in lower case and without dots: collectors write `activityType`, `activitytype` and `proc.name` as they like."""
    if deep > DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {str(k).lower().replace(".", "_"): lowered(v, deep + 1) for k, v in value.items()}
    return [lowered(v, deep + 1) for v in value] if isinstance(value, list) else value


def _cut(value: Any) -> Any:
    """The same with long texts cut: what is cut as a whole is JSON no more."""
    if isinstance(value, Mapping):
        return {k: _cut(v) for k, v in value.items()}
    return [_cut(v) for v in value] if isinstance(value, list) else value[:LONGEST] if isinstance(value, str) else value


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    made = lowered(record)
    wrapped = _carried(made)
    found = next(((p, r) for r in (made, wrapped) if r for p in products() if p.fits(r)), None)
    told = False
    if found:
        for row in found[0].rows(found[1]):
            told = True
            yield row
    if not told:
        yield "base_event", {
            "time": moment(*(at(made, t) for t in (found[0].time if found else ()) + _TIMES)), "type": f"{found[0].id if found else 'product'}.record",
            "message": json.dumps({k: v for k, v in made.items() if isinstance(v, str | int | float)}, ensure_ascii=False)[:TOLD], "fields": json.dumps(_cut(made), ensure_ascii=False, default=str),
        }


SOURCE = Source(id="product_alerts", title="Alerts of other products (Wazuh, Falco, SentinelOne, Wiz, decoys and more)", recognise=recognise, rows=rows, rank=35, lag_s=900)
