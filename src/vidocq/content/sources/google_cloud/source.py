"""Google Cloud's logs: entries of Cloud Logging with audit records, GKE's calls, VPC flows, DNS queries and load balancers' requests.

As `gcloud logging read` and sinks to Cloud Storage write them, within messages of Pub/Sub, and as BigQuery's tables hold audit records.
Source of the fields: docs.cloud.google.com, "LogEntry", "AuditLog", "VPC Flow Logs records", "Firewall Rules Logging", "Cloud DNS: Use logging and monitoring".
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.google_cloud import audit, gke, network
from vidocq.model.clock import moment
from vidocq.model.control_plane import address
from vidocq.model.record import at, inside, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_WITHIN = ("entries", "receivedMessages")
_PAYLOADS = {"protoPayload", "protopayload", "protopayload_auditlog"}
_ENTRY = {"insertId", "insertid", "logName", "logname"}
_BODIES = {"jsonPayload", "jsonpayload", "textPayload", "httpRequest", "httprequest"}
_DATA = re.compile(r'"data"\s*:\s*"([A-Za-z0-9+/_-]{24,})')
_MESSAGE = 500


def recognise(head: Head) -> Layout | None:
    start = head.text[:60_000]
    names = names_in(start)
    if "class_uid" in names:
        return None
    if _PAYLOADS & names or (_ENTRY & names and _BODIES & names and {"resource", "timestamp"} & names):
        return Layout("json", within=_WITHIN)
    packed = _DATA.search(start) if {"message", "messageId", "ackId", "attributes"} & names else None
    return Layout("json", within=_WITHIN) if packed and any(f'"{name}"' in _unpacked(packed[1]) for name in _PAYLOADS | _ENTRY) else None


def _unpacked(data: str) -> str:
    """What stands in base64, as far as it goes; empty where it is none."""
    try:
        plain = data.replace("-", "+").replace("_", "/").rstrip("=")
        whole = plain[: len(plain) - (len(plain) % 4 == 1)]
        return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _entry(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The entry itself, out of the message that carries it; None where the message holds none."""
    if (_PAYLOADS | _ENTRY) & record.keys():
        return record
    message = record.get("message", record)
    data = text(message, "data") if isinstance(message, Mapping) else message
    if not isinstance(data, str):
        found = inside(message, "data") if isinstance(message, Mapping) else None
        return found or None
    try:
        found = nested(data if data.lstrip().startswith("{") else _unpacked(data))
    except ValueError:
        return None
    return found if isinstance(found, Mapping) else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    entry = _entry(record)
    if entry is None:
        return
    payload = audit.payload_of(entry)
    if payload:
        yield _audited(entry, payload)
        return
    name = (text(entry, "logName", "logname") or "").rpartition("/")[2].replace("%2F", "/").lower()
    said = inside(entry, "jsonPayload", "jsonpayload")
    common = {"uid": _id(entry)}
    if name.endswith("/vpc_flows") and inside(said, "connection"):
        yield "network_activity", {**common, **network.flow(entry, said)}
    elif name.endswith("/firewall") and inside(said, "connection"):
        yield "network_activity", {**common, **network.ruled(entry, said)}
    elif name.endswith("/dns_queries") and text(said, "queryName"):
        yield "dns_activity", {**common, **network.asked(entry, said)}
    elif text(entry, "httpRequest.requestMethod", "httprequest.requestMethod"):
        yield "http_activity", {**common, **network.request(entry)}
    else:
        told = text(entry, "textPayload", "textpayload") or text(said, "message") or name
        yield "base_event", {**common, "time": at(entry, "timestamp", "receiveTimestamp", "receivetimestamp"), "type": f"google.{name.rpartition('/')[2] or 'log'}", "message": told[:_MESSAGE]}


def _id(entry: Mapping[str, Any]) -> str | None:
    """Of two entries with one id and one moment the second is a copy."""
    said = text(entry, "insertId", "insertid")
    return "@".join(filter(None, (said, text(entry, "timestamp")))) if said else None


def _audited(entry: Mapping[str, Any], payload: Mapping[str, Any]) -> Row:
    common = {"time": moment(at(entry, "timestamp"), at(payload, "requestMetadata.requestAttributes.time"), at(entry, "receiveTimestamp", "receivetimestamp")), "uid": _id(entry)}
    said = inside(entry, "operation")
    ended = said.get("last") is True and said.get("first") is not True
    if audit.service_of(payload) == "kubernetes":
        return _noted(entry, payload, common) if ended else ("api_activity", {**common, **gke.row(entry, payload)})
    signed = _signed_in(payload)
    if signed:
        return "authentication", {**common, **signed}
    # A long operation is told when it is taken on, with its request, and again when it is done: that is one call, unless it fails after all.
    found = audit.columns(entry, payload)
    done = f"{text(said, 'id')}:{found['operation']}" if text(said, "id") and (ended or said.get("first") is True) and said.get("first") is not said.get("last") else None
    if ended and not found["error"] and not found.get("act"):
        return _noted(entry, payload, common)
    return "api_activity", {**common, **({"uid": done + (":failed" if found["error"] else "")} if done else {}), **found}


def _noted(entry: Mapping[str, Any], payload: Mapping[str, Any], common: Mapping[str, Any]) -> Row:
    who = text(payload, "authenticationInfo.principalEmail")
    told = " ".join(filter(None, (text(payload, "methodName"), "done", text(payload, "resourceName"))))
    return "base_event", {**common, "type": "google.operation", "actor_user": who, "src_ip": address(text(payload, "requestMetadata.callerIp", "requestMetadata.callerIP")), "message": told[:_MESSAGE]}


def _signed_in(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A sign-in, which the organisation's audit log tells beside what the cloud's services do."""
    told = {"loginSuccess": "success", "loginFailure": "failure"}.get((text(payload, "methodName") or "").rpartition(".")[2])
    if not told or text(payload, "serviceName") != "login.googleapis.com":
        return {}
    return {"actor_user": text(payload, "authenticationInfo.principalEmail"), "src_ip": address(text(payload, "requestMetadata.callerIp", "requestMetadata.callerIP")), "service": "google", "status": told}


SOURCE = Source(id="google_cloud", title="Google Cloud audit logs, GKE audit, VPC flows, DNS", recognise=recognise, rows=rows, rank=59, unique=True, lag_s=600)
