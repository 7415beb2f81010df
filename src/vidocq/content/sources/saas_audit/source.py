"""Audit logs of services: flat or shallow records of who did what to what from where. Which services is a table in `services/`.

Source of the fields: each service's own reference, named in its module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.saas_audit.reading import lowered, rows, service_of
from vidocq.model.source import Head, Layout, Source

ENVELOPES = ("entries", "events", "data", "results", "items", "records", "auditlogs", "audit_logs", "auditLogs", "auditLogEntries", "logs", "value", "result", "Records")
"""Where services put the array of records that they answer with."""
TRIES = 12


def _objects(begin: str) -> Iterator[Mapping[str, Any]]:
    """The objects that begin a text, from outside inwards: what is around the records may be longer than the beginning."""
    reader, place = json.JSONDecoder(), 0
    for _ in range(TRIES):
        place = begin.find("{", place)
        if place < 0:
            return
        try:
            found, end = reader.raw_decode(begin, place)
        except (ValueError, RecursionError):
            place += 1
            continue
        yield from _within(found)
        place = end


def _within(found: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, Mapping):
        yield found
        for key in ENVELOPES:
            inner = found.get(key)
            if isinstance(inner, list):
                yield from (item for item in inner[:3] if isinstance(item, Mapping))


def recognise(head: Head) -> Layout | None:
    """Does one of the first objects belong to a service?"""
    if head.text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return None
    known = any(service_of(lowered(found)) is not None for found in _objects(head.text))
    return Layout("json", within=ENVELOPES) if known else None


SOURCE = Source(id="saas_audit", title="Audit logs of services (Slack, Databricks, Atlassian and others)", recognise=recognise, rows=rows, rank=20, lag_s=3600)
