"""CrowdStrike Falcon: the replicator's feed of sensor events, the Event Streams of its console, and alerts of its API.

An event of the feed stands alone, or within `event` or `unknown_payload` where a collector wrapped it; `fdr_event_type` then says what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.crowdstrike_falcon import console, sensor
from vidocq.model.clock import moment
from vidocq.model.control_plane import address as ip
from vidocq.model.record import at, every, inside, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

MESSAGE = 500
_FEED = re.compile(r'"(event_simpleName|event_simplename|fdr_event_type|ExternalApiType)"\s*:')
_STREAM = re.compile(r'"eventType"\s*:\s*"\w*(DetectionSummaryEvent|AuditEvent|IncidentSummaryEvent|FirewallMatchEvent|RemoteResponseSession\w+|\w+DetectionEvent)"')
_ENVELOPE = frozenset({"ConfigBuild", "ConfigStateHash", "Entitlements", "EffectiveTransmissionClass", "cid", "aip", "id", "name", "timestamp", "event", "variant"})


def recognise(head: Head) -> Layout | None:
    text_ = head.text[:60_000]
    if text_.lstrip()[:1] not in ("{", "["):
        return None
    names = names_in(text_)
    feed = _FEED.search(text_) and {"aid", "cid"} & names
    stream = {"metadata", "customerIDString"} <= names and ("eventCreationTime" in names or _STREAM.search(text_))
    alerts = {"composite_id", "falcon_host_link"} <= names
    detects = {"detection_id", "behaviors", "device"} <= names
    return Layout("json", within=("resources", "events")) if feed or stream or alerts or detects else None


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = inside(record, "event", "unknown_payload")
    return {**{k: v for k, v in record.items() if k not in ("event", "unknown_payload")}, **inner} if inner else record


def _kind(record: Mapping[str, Any], e: Mapping[str, Any]) -> str:
    """What kind of event it is: the collector's word first, since the wrapped event may carry that of another version."""
    said = text(record, "metadata.eventType", "fdr_event_type", "event_simplename") or text(e, "ExternalApiType", "event_simpleName", "EventType") or "event"
    return said.removeprefix("Event_")


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if text(record, "detection_id") and record.get("behaviors"):
        yield from _detection(record)
        return
    e = _unwrapped(record)
    kind = _kind(record, e)
    offset, account = text(record, "metadata.offset"), text(record, "metadata.customerIDString") or text(e, "cid", "CustomerIdString")
    common = {
        "time": moment(at(record, "metadata.eventCreationTime"), *(at(e, k) for k in ("timestamp", "ContextTimeStamp", "UTCTimestamp", "created_timestamp", "ProcessStartTime"))),
        "uid": f"{account}/{offset}" if offset else text(e, "id", "composite_id") or text(record, "id"),
    }
    if text(e, "composite_id") or (kind.endswith("DetectionSummaryEvent") and text(e, "Name", "DetectName", "DetectId", "CompositeId")):
        name, row = console.detection(e)
        yield name, {**row, **common}
        return
    if kind.endswith("AuditEvent") or kind.startswith("RemoteResponseSession"):
        for name, row in console.audit(kind, e, account):
            yield name, {**row, **common}
        return
    name, row = sensor.made(kind, e) or ("base_event", _base(kind, e))
    yield name, {**row, **common}


def _detection(record: Mapping[str, Any]) -> Iterator[Row]:
    """A detection of the API before `composite_id`: each behaviour in it is an alert of its own."""
    for n, seen in enumerate(b for b in every(record, "behaviors") if isinstance(b, Mapping)):
        name, row = console.detection({**{k: record[k] for k in ("device", "max_severity_displayname") if k in record}, **seen})
        yield name, {**row, "time": moment(at(seen, "timestamp"), at(record, "created_timestamp")), "uid": f"{text(record, 'detection_id')}:{text(seen, 'behavior_id') or n}"}


def _base(kind: str, e: Mapping[str, Any]) -> dict[str, Any]:
    said = {k: str(v) for k, v in e.items() if k not in _ENVELOPE and isinstance(v, str | int | float) and v != ""}
    return {
        "type": f"crowdstrike.{kind}", "host": sensor.host(e), "actor_user": sensor.user(e), "dst_ip": ip(text(e, "RemoteAddressIP4")),
        "message": ", ".join(f"{k}={' '.join(v[:MESSAGE].split())}" for k, v in said.items())[:MESSAGE] or None,
        "fields": json.dumps({k: v[:32_768] for k, v in said.items()}),
    }


SOURCE = Source(id="crowdstrike_falcon", title="CrowdStrike Falcon (replicator, event streams, alerts)", recognise=recognise, rows=rows, rank=62, unique=True, lag_s=900)
